import { ConfigurationError, loadConfig } from '../config.ts';
import { createDependencyContainer } from '../dependency-container.ts';
import { DomainException } from '../domain/exceptions.ts';
import { parseCommandLine } from './command-line.ts';
import { EXIT, ManagementError } from './command.ts';
import { commands } from './commands.ts';

/**
 * Runs one management command, on what the server is made of as well.
 *
 * @returns the exit status
 */
export async function runManagement(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
): Promise<number> {
  try {
    const request = parseCommandLine(args, commands);
    if ('help' in request) {
      console.log(request.help);
      return EXIT.done;
    }
    const container = createDependencyContainer(loadConfig(environment));
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
