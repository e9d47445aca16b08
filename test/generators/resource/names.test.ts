import { describe, expect, it } from 'vitest';
import { resourceNames } from '../../../generators/resource/names.ts';

describe('resourceNames', () => {
  it('derives all spellings', () => {
    expect(resourceNames({ name: 'order-item' })).toEqual({
      kebab: 'order-item',
      camel: 'orderItem',
      pascal: 'OrderItem',
      snake: 'order_item',
      words: 'order item',
      plural: 'order items',
      variable: 'orderItem',
    });
  });

  it.each([
    ['todo', 'todos'],
    ['category', 'categories'],
    ['person', 'people'],
    ['sales-person', 'sales people'],
    ['bus', 'buses'],
    ['status', 'statuses'],
    ['news', 'news'],
    ['series', 'series'],
    ['data', 'data'],
  ])('makes of %s the plural %s', (name, plural) => {
    expect(resourceNames({ name }).plural).toBe(plural);
  });

  it('takes the plural of the definition', () => {
    expect(resourceNames({ name: 'data', plural: 'data-sets' }).plural).toBe('data sets');
  });

  it.each([
    ['class', 'theClass'],
    ['request', 'theRequest'],
    ['order', 'order'],
  ])('names the variable of %s %s', (name, variable) => {
    expect(resourceNames({ name }).variable).toBe(variable);
  });
});
