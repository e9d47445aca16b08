import { join } from 'node:path';

/** The directory in a made service for the log and the state of runs. */
export const RUN_DIRECTORY = '.clean-flask-ts';

/** The output of all commands of a run. */
export const LOG = join(RUN_DIRECTORY, 'self-check.log');
