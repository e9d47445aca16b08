/** What a commit of this generator says about the files that it made, from which an update starts. */
export const trailerKeys = { version: 'Clean-Flask-Ts-Version', tree: 'Clean-Flask-Ts-Tree' };

/** The lines at the end of a commit's message. */
export const trailer = {
  /** The version that rendered the files. */
  version: (version: string) => `${trailerKeys.version}: ${version}`,
  /** The tree of the files as they were rendered. */
  tree: (tree: string) => `${trailerKeys.tree}: ${tree}`,
};
