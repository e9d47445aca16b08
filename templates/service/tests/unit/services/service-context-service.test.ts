import { describe, expect, it } from 'vitest';
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
  it('knows nothing before it has read once', async () => {
    const service = new ServiceContextService({
      serviceContextRepository: { get: async () => closed, update: async () => closed },
    });
    expect(service.lastKnown).toBeUndefined();

    await service.refresh();
    expect(service.lastKnown).toBe(closed);
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

    expect(service.lastKnown).toMatchObject({ maintenance: true });
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
