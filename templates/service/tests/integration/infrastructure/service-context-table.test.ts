import { expect, it } from 'vitest';
import { useTestApp } from '../../support/test-app.ts';

const app = useTestApp();

it.each([1, 2])('the table service_context has one row: the database refuses id %d', async (id) => {
  const { client } = app().container.cradle.database;

  await expect(client.serviceContext.create({ data: { id } })).rejects.toThrow();
  expect(await client.serviceContext.count()).toBe(1);
});
