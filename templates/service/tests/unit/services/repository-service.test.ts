import { describe, expect, it, vi } from 'vitest';
import type { Repository } from '../../../src/domain/ports/repository.ts';
import { RepositoryService } from '../../../src/services/repository-service.ts';

interface NoteTypes {
  model: string;
  data: { text: string };
  changes: { text: string };
  query: { text?: string };
}
type NoteRepository = Repository<NoteTypes>;

class NoteService extends RepositoryService<NoteTypes> {}

function fakeRepository() {
  return {
    create: vi.fn<NoteRepository['create']>().mockResolvedValue('created'),
    get: vi.fn<NoteRepository['get']>().mockResolvedValue('got'),
    getAll: vi.fn<NoteRepository['getAll']>().mockResolvedValue({ items: ['all'] }),
    find: vi.fn<NoteRepository['find']>().mockResolvedValue('found'),
    count: vi.fn<NoteRepository['count']>().mockResolvedValue(3),
    exists: vi.fn<NoteRepository['exists']>().mockResolvedValue(true),
    update: vi.fn<NoteRepository['update']>().mockResolvedValue('updated'),
    delete: vi.fn<NoteRepository['delete']>().mockResolvedValue(),
    deleteAll: vi.fn<NoteRepository['deleteAll']>().mockResolvedValue(2),
  };
}

describe('RepositoryService', () => {
  const note = { text: 'a' };
  const version2 = { anyOf: [2] };
  const repository = fakeRepository();
  const service = new NoteService(repository);

  it.each([
    ['create', () => service.create(note), [note], 'created'],
    ['get', () => service.get(1), [1], 'got'],
    ['getAll', () => service.getAll(note), [note], { items: ['all'] }],
    ['find', () => service.find(note), [note], 'found'],
    ['count', () => service.count(note), [note], 3],
    ['exists', () => service.exists(note), [note], true],
    ['update', () => service.update(1, note, version2), [1, note, version2], 'updated'],
    ['delete', () => service.delete(1, version2), [1, version2], undefined],
    ['deleteAll', () => service.deleteAll(note), [note], 2],
  ] as const)('%s asks the repository', async (method, call, args, answer) => {
    expect(await call()).toEqual(answer);
    expect(repository[method]).toHaveBeenCalledExactlyOnceWith(...args);
  });
});
