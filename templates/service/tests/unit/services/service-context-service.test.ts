import { describe, expect, it, vi } from 'vitest';
import { InvalidInputException } from '../../../src/domain/exceptions.ts';
import { ServiceContext } from '../../../src/domain/models/service-context.ts';
import { ServiceContextService } from '../../../src/services/service-context-service.ts';

const fields = {
  maintenance: false,
  reason: null,
  retryAfterSeconds: 60,
  updatedAt: new Date(0),
};
const closed = new ServiceContext(fields);

describe('ServiceContextService', () => {
  it('asks the database until it was read once, in one read for all who wait', async () => {
    const get = vi.fn<() => Promise<ServiceContext>>();
    const service = new ServiceContextService({
      serviceContextRepository: { get, update: async () => closed },
    });

    get.mockRejectedValueOnce(new Error('unreachable'));
    await expect(service.lastKnown()).rejects.toThrow('unreachable');
    get.mockResolvedValueOnce(closed);
    expect(await Promise.all([service.lastKnown(), service.lastKnown()])).toEqual([closed, closed]);
    expect(await service.lastKnown()).toBe(closed);
    expect(get).toHaveBeenCalledTimes(2);
  });

  it('does not let a read that began before its own change undo that change', async () => {
    const reads: ((read: ServiceContext) => void)[] = [];
    const service = new ServiceContextService({
      serviceContextRepository: {
        get: () => new Promise((resolve) => reads.push(resolve)),
        update: async (changes) => new ServiceContext({ ...fields, ...changes }),
      },
    });

    const refreshed = service.refresh();
    await service.change({ maintenance: true });
    reads.forEach((resolve) => {
      resolve(closed);
    });
    await refreshed;

    expect(await service.lastKnown()).toMatchObject({ maintenance: true });
  });

  it('takes a reason of 500 characters, however they are encoded, and neither longer nor empty ones', async () => {
    const service = new ServiceContextService({
      serviceContextRepository: {
        get: async () => closed,
        update: async (changes) => new ServiceContext({ ...fields, ...changes }),
      },
    });

    await service.change({ maintenance: true, reason: '😀'.repeat(500) });
    for (const reason of ['', '😀'.repeat(501)]) {
      await expect(service.change({ maintenance: true, reason })).rejects.toThrow(
        InvalidInputException,
      );
    }
  });
});
