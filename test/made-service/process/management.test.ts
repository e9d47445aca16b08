import { expect, it } from 'vitest';
import { startManagement } from '../support/programs.ts';
import { serviceFolder } from '../support/run-prisma.ts';

it('a command ends well when nothing reads its output', async () => {
  const management = startManagement(['print-config'], serviceFolder, {
    DATABASE_URL: 'postgresql://user:secret@127.0.0.1:1/nowhere',
  });
  management.stopReading();

  expect({ status: await management.exit, output: management.output() }).toEqual({
    status: 0,
    output: '',
  });
});
