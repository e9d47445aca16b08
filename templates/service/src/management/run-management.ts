import type { NameAndRegistrationPair } from 'awilix';
import { ConfigurationError, loadConfig } from '../config.ts';
import { createDependencyContainer, type Dependencies } from '../dependency-container.ts';
import { DomainException } from '../domain/exceptions.ts';
import { parseCommandLine } from './command-line.ts';
import { EXIT, ManagementError } from './command.ts';
import { commands } from './commands.ts';

/**
 * Runs one management command with the same dependencies as the server.
 *
 * @param overrides registrations that replace those of the dependency container
 * @returns the exit status
 */
export async function runManagement(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  overrides: NameAndRegistrationPair<Dependencies> = {},
): Promise<number> {
  try {
    const request = parseCommandLine(args, commands);
    if ('help' in request) {
      console.log(request.help);
      return EXIT.done;
    }
    const container = createDependencyContainer(loadConfig(environment));
    container.register(overrides);
    try {
      return await request.command.run(container.cradle, request.options);
    } finally {
      await container.dispose();
    }
  } catch (error) {
    const isExpected = [ManagementError, ConfigurationError, DomainException].some(
      (expected) => error instanceof expected,
    );
    console.error(isExpected && error instanceof Error ? error.message : error);
    return error instanceof ManagementError ? error.status : EXIT.failed;
  }
}
