/** The phrase of a status, or an empty text for one that has none. */
export declare function reasonPhrase(status: number): string;
