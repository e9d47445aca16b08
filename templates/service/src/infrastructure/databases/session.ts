import { type ClientBase, escapeIdentifier } from 'pg';

interface SessionSettings {
  schema: string;
  /** Unlimited by default. */
  statementTimeoutMs?: number;
}

/**
 * Sets what the meaning of a statement depends on, so that no setting of the server, the database or
 * the role changes it. Prisma's driver sends and reads every time without its offset: anything but
 * UTC shifts it.
 *
 * These are statements, because PgBouncer refuses most of them as startup parameters. In transaction
 * mode it restores the time zone and the date style for each client, and lets clients share the rest.
 */
export async function setUpSession(
  client: ClientBase,
  { schema, statementTimeoutMs = 0 }: SessionSettings,
): Promise<void> {
  await client.query(`
    SET TimeZone = 'UTC';
    SET DateStyle = 'ISO';
    SET IntervalStyle = 'postgres';
    SET extra_float_digits = 1;
    SET search_path = ${escapeIdentifier(schema)};
    SET statement_timeout = ${statementTimeoutMs}`);
}
