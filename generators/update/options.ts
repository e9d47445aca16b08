import type { OptionTable } from '../../lib/options/option.ts';
import { parseChoice, parseSwitch, parseTexts } from '../../lib/options/parse-values.ts';
import type { RunContext } from '../../lib/run/generator.ts';
import { serviceDirectory } from '../app/options.ts';

const conflictChoices = ['stop', 'keep-markers'] as const;

/** The options of an update. */
export const options = {
  directory: serviceDirectory,
  set: {
    name: 'set',
    type: 'texts',
    valueHint: 'option=value',
    default: [],
    help: 'Change a stored answer, such as features=docker,kubernetes; may be repeated',
    parse: parseTexts,
  },
  onConflict: {
    name: 'on-conflict',
    type: 'choice',
    default: 'stop',
    help: 'What to do with files that conflict; in a terminal they keep their markers',
    choices: conflictChoices,
    parse: parseChoice(conflictChoices),
  },
  abort: {
    name: 'abort',
    type: 'switch',
    default: false,
    help: 'Restore the files as they were before an unfinished update',
    parse: parseSwitch,
  },
  check: {
    name: 'check',
    type: 'switch',
    default: false,
    help: 'Only tell whether an update exists, with its changes',
    parse: parseSwitch,
  },
} as const satisfies OptionTable;

export type UpdateContext = RunContext<typeof options>;
