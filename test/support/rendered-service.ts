import { renderService } from '../../generators/app/render-service.ts';
import { serviceAnswers } from './rendered.ts';
import { temporaryFolder } from './temporary-folder.ts';
import { writeFiles } from './write-files.ts';

/** A service without dependencies, with the example, in a folder that is gone after the test. */
export function renderedService(): string {
  const directory = temporaryFolder();
  const files = renderService(serviceAnswers());
  writeFiles(directory, Object.fromEntries(files.map(({ path, contents }) => [path, contents])));
  return directory;
}
