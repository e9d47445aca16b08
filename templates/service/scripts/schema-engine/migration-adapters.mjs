import { PrismaPg } from '@prisma/adapter-pg';
import { DriverAdapterError } from '@prisma/driver-adapter-utils';
import { KnownError, messageOf, ScriptError } from './errors.mjs';
import { connect } from './connection.mjs';
import { ShadowDatabase } from './shadow-database.mjs';

/**
 * @typedef {import('./connection.mjs').ConnectionTarget} ConnectionTarget
 * @typedef {import('@prisma/driver-adapter-utils').SqlDriverAdapter} SqlDriverAdapter
 * @typedef {import('@prisma/driver-adapter-utils').SqlQuery} SqlQuery
 * @typedef {import('@prisma/driver-adapter-utils').SqlMigrationAwareDriverAdapterFactory} AdapterFactory
 */

const LOCK_STATEMENT = 'SELECT pg_advisory_lock(72707369)';
const LOCK_TIMEOUT_SECONDS = 10;
