import { expect, it } from 'vitest';
import { createDependencyContainer } from '../../src/dependency-container.ts';
import { testConfig } from '../support/test-config.ts';

it('every registration can be resolved, and is a singleton', async () => {
  const container = createDependencyContainer(testConfig({}));

  for (const name of Object.keys(container.registrations)) {
    expect(container.resolve(name)).toBe(container.resolve(name));
  }
  await container.dispose();
});
