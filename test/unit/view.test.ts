import { describe, expect, it } from 'vitest';
import { resolveAnswers } from '../../generators/app/answers.ts';
import { serviceView } from '../../generators/app/view.ts';

const view = (name: string) => serviceView(resolveAnswers(new Map([['name', name]])));

describe('serviceView', () => {
  it.each([
    ['my-service', 'My Service', 'my_service'],
    ['orders', 'Orders', 'orders'],
    ['a.b_c-d', 'A B C D', 'a_b_c_d'],
    ['7up', '7up', '7up'],
  ])('derives title and database from %s', (name, title, databaseName) => {
    expect(view(name)).toMatchObject({ title, databaseName });
  });

  it('keeps the database name as short as PostgreSQL does', () => {
    expect(view('a'.repeat(100)).databaseName).toBe('a'.repeat(63));
  });

  it('knows the features', () => {
    const { hasFeature } = serviceView(resolveAnswers(new Map([['features', 'docker']])));
    expect([hasFeature('docker'), hasFeature('kubernetes')]).toEqual([true, false]);
  });
});
