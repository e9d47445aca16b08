import { type Static, Type } from 'typebox';
import { MAX_REASON_LENGTH, MAX_RETRY_AFTER_SECONDS } from '../../domain/constants.ts';
import type { ServiceContext } from '../../domain/models/service-context.ts';
import { NullableText, Text, Timestamp } from './common-schemas.ts';

export const ServiceContextUpdate = Type.Object(
  {
    maintenance: Type.Boolean(),
    reason: Type.Optional(Text({ minLength: 1, maxLength: MAX_REASON_LENGTH })),
    retry_after_seconds: Type.Optional(
      Type.Integer({ minimum: 1, maximum: MAX_RETRY_AFTER_SECONDS }),
    ),
  },
  { additionalProperties: false },
);

export const ServiceContextResponse = Type.Object({
  maintenance: Type.Boolean(),
  reason: NullableText(),
  retry_after_seconds: Type.Integer(),
  updated_at: Timestamp,
});

export function toServiceContextResponse(
  context: ServiceContext,
): Static<typeof ServiceContextResponse> {
  return {
    maintenance: context.maintenance,
    reason: context.reason,
    retry_after_seconds: context.retryAfterSeconds,
    updated_at: context.updatedAt.toISOString(),
  };
}
