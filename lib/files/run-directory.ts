import { join } from 'node:path';

/** The folder in a made service that holds what a run leaves for people and for the next run. */
export const RUN_FOLDER = '.clean-flask-ts';

/** The output of all commands of a run. */
export const LOG = join(RUN_FOLDER, 'self-check.log');
