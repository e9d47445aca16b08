import { describe, expect, it } from 'vitest';
import { serviceView } from '../../../generators/app/view.ts';
import { serviceAnswers } from '../../support/rendered.ts';

const view = (name: string) => serviceView(serviceAnswers({ name }));

describe('serviceView', () => {
  it.each([
    ['my-service', 'my_service', 'my-service'],
    ['orders', 'orders', 'orders'],
    ['a.b_c-d', 'a_b_c_d', 'a-b-c-d'],
    ['7up', '7up', 'service-7up'],
  ])('derives names for other systems from %s', (name, databaseName, kubernetesName) => {
    expect(view(name)).toMatchObject({ databaseName, kubernetesName });
  });

  it('keeps those names as short as they must be', () => {
    const { databaseName, kubernetesName } = view(`${'a'.repeat(62)}-${'b'.repeat(100)}`);
    expect(databaseName).toBe(`${'a'.repeat(62)}_`);
    expect(kubernetesName).toBe('a'.repeat(62));
  });
});
