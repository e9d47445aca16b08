/** Writes a log record in the form that the Prisma CLI reads. */
export function log(
  level: 'INFO' | 'WARN' | 'ERROR',
  fields: { message: string; error_code?: string | undefined },
): void {
  process.stderr.write(`${JSON.stringify({ level, target: 'schema_engine::logger', fields })}\n`);
}
