import type { VersionCondition } from '../domain/ports/repository.ts';
import { entityTag } from './responses.ts';

/** The headers of a request that is carried out on a condition only (RFC 9110, 13.1). */
interface Conditions {
  'if-match'?: string | undefined;
  'if-none-match'?: string | undefined;
}

/** What a condition makes of a read. */
export type ReadOutcome = 'send' | 'not-modified' | 'failed';

const MAX_VERSION = 2 ** 31 - 1;

/** The versions that a request may change. */
export function getVersionCondition(conditions: Conditions): VersionCondition {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = conditions;
  // It is true only if nothing exists, and then there is nothing to change.
  if (isAny(ifNoneMatch)) return { anyOf: [] };
  return {
    ...(ifMatch !== undefined && !isAny(ifMatch) && { anyOf: toVersions(strongTags(ifMatch)) }),
    ...(ifNoneMatch !== undefined && { noneOf: toVersions(opaqueTags(ifNoneMatch)) }),
  };
}

/** How to answer a read of a representation with this entity tag. */
export function evaluateRead(conditions: Conditions, tag: string): ReadOutcome {
  const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = conditions;
  if (ifMatch !== undefined && !isAny(ifMatch) && !strongTags(ifMatch).includes(tag)) {
    return 'failed';
  }
  if (ifNoneMatch === undefined) return 'send';
  const isKnown = isAny(ifNoneMatch) || opaqueTags(ifNoneMatch).includes(withoutWeakness(tag));
  return isKnown ? 'not-modified' : 'send';
}

function isAny(header: string | undefined): boolean {
  return header === '*';
}

/** For the strong comparison: a weak tag equals none. */
function strongTags(header: string): string[] {
  return tagsIn(header).filter((tag) => !tag.startsWith('W/'));
}

/** For the weak comparison (RFC 9110, 8.8.3.2), which ignores the prefix W/. */
function opaqueTags(header: string): string[] {
  return tagsIn(header).map(withoutWeakness);
}

function withoutWeakness(tag: string): string {
  return tag.replace(/^W\//, '');
}

function tagsIn(header: string): string[] {
  return header.match(/(?:W\/)?"[^"]*"/g) ?? [];
}

/** Other tags are those of no version, because tags are compared character by character. */
function toVersions(tags: readonly string[]): number[] {
  return tags
    .map((tag) => ({ tag, version: Number(tag.slice(1, -1)) }))
    .filter(({ tag, version }) => isVersion(version) && tag === entityTag({ version }))
    .map(({ version }) => version);
}

function isVersion(value: number): boolean {
  return value >= 1 && value <= MAX_VERSION;
}
