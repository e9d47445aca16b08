import { describe, expect, it } from 'vitest';
import { wire } from '../../../generators/resource/wiring.ts';

const source = ['first', '  // <resources:a>', 'last', '// <resources:b>', ''].join('\n');

describe('wire', () => {
  it('inserts above the marker, with its indentation', () => {
    expect(wire(source, { '<resources:a>': ['x {', '  y', '', '}'] })).toBe(
      [
        'first',
        '  x {',
        '    y',
        '',
        '  }',
        '  // <resources:a>',
        'last',
        '// <resources:b>',
        '',
      ].join('\n'),
    );
  });

  it('serves several markers', () => {
    expect(wire(source, { '<resources:a>': ['x'], '<resources:b>': ['y'] })).toBe(
      ['first', '  x', '  // <resources:a>', 'last', 'y', '// <resources:b>', ''].join('\n'),
    );
  });

  it('changes nothing the second time, also when another block came in between', () => {
    const once = wire(source, { '<resources:a>': ['x', 'y'] });
    const twice = wire(once, { '<resources:a>': ['z', 'y'] });
    expect(wire(twice, { '<resources:a>': ['x', 'y'] })).toBe(twice);
  });

  it('inserts a block whose last line is there already, in another block', () => {
    const once = wire(source, { '<resources:a>': ['x', 'end'] });
    expect(wire(once, { '<resources:a>': ['y', 'end'] })).toBe(
      [
        'first',
        '  x',
        '  end',
        '  y',
        '  end',
        '  // <resources:a>',
        'last',
        '// <resources:b>',
        '',
      ].join('\n'),
    );
  });

  it('fails when a marker is missing', () => {
    expect(() => wire(source, { '<resources:c>': ['x'] })).toThrow(
      'The marker <resources:c> is missing',
    );
  });

  it('fails when a marker is not unique', () => {
    expect(() => wire(source + source, { '<resources:a>': ['x'] })).toThrow(
      'The marker <resources:a> stands there 2 times',
    );
  });
});
