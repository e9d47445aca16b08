import { expect, it } from 'vitest';
import { BaseModel } from '../../../src/domain/models/base-model.ts';

class Note extends BaseModel {
  readonly id = 1;
  readonly text = "it's";
  readonly archived = false;
  readonly parent = null;
  readonly writtenAt = new Date(0);
  readonly tags = ['first', 'second'];
  readonly style = { bold: true };
}

it('a model prints itself with its fields', () => {
  expect(String(new Note())).toBe(
    "<Note(id=1, text='it\\'s', archived=false, parent=null, writtenAt=1970-01-01T00:00:00.000Z, tags=['first', 'second'], style={\"bold\":true})>",
  );
});
