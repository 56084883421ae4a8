// The digests by which a policy names our scripts and style sheets where they are part of a page. A test computes them anew, and says
// what has to stand here after a change.

export const digests = {
  docsPageScript: "'sha256-8hXSJD+4759BajrHoVVD4swWfptYdB/jcGkQ7cBfnJk='",
  docsPageStyle: "'sha256-IAsh7ZYFa6KeopwqX51Zk8RTaPHK39ZPjmE5aap1QjY='",
  redocPageScript: "'sha256-B9LI2QIkShS7qvkCqu9A1HrE/LJd6emKbfJs66ZjNf8='",
  redocPageStyle: "'sha256-bWBoGApccQxoyO4OKQy5s3s0UEktP5465GCD3rFS+88='",
  oauth2RedirectScript: "'sha256-xsf8U/ZnQ/cZu0sqWaDsNXucnsZp1+6AyudxfelO5xM='",
};
