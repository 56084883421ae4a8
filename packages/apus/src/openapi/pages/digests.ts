// The digests by which a policy names our scripts and style sheets where they are part of a page. A test computes them anew, and says
// what has to stand here after a change.

export const digests = {
  docsPageScript: "'sha256-jr42AHrsNwT4tmz+/33ZcuhR6Unjoo7FlZThgCpZFD0='",
  docsPageStyle: "'sha256-p99Q8wxOYGbt0mC0VgTaJ+giw2CxLMiJlWxXwrxU6ww='",
  redocPageScript: "'sha256-PtGqQwkcTfncfdhv3WxviggWZUXC6eQ2nAdP2P/HPEU='",
  redocPageStyle: "'sha256-bWBoGApccQxoyO4OKQy5s3s0UEktP5465GCD3rFS+88='",
  oauth2RedirectScript: "'sha256-mjBeSfY5bp6i3m3M95FDPwU9mXDAflmumsio3sB/FZ8='",
};
