import type { ServiceAnswers } from './answers.ts';
import type { Feature } from './options.ts';

// PostgreSQL cuts longer identifiers.
const MAX_IDENTIFIER = 63;

/** What the templates of the service and of its features are rendered with. */
export interface ServiceView extends ServiceAnswers {
  readonly hasFeature: (feature: Feature) => boolean;
  /** The name as a title. */
  readonly title: string;
  /** The name as an identifier of PostgreSQL. */
  readonly databaseName: string;
}

/** Derives from the answers all that the templates say. */
export function serviceView(answers: ServiceAnswers): ServiceView {
  const words = answers.name.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  return {
    name: answers.name,
    description: answers.description,
    prefix: answers.prefix,
    port: answers.port,
    packageManager: answers.packageManager,
    features: answers.features,
    example: answers.example,
    hasFeature: (feature) => answers.features.includes(feature),
    title: words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' '),
    databaseName: words.join('_').toLowerCase().slice(0, MAX_IDENTIFIER),
  };
}
