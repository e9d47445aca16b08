import type { FieldView, Refusal } from './field-view.ts';
import type { RelationView } from './relations.ts';

/** Each costs four requests of 300 a minute, and the other tests of an item about 110. */
const FEW_REFUSALS = 20;

/** What the templates of a resource's tests are rendered with. */
export interface TestView {
  /** The fields that a body must have, or one of the others: an empty body is refused. */
  smallestFields: FieldView[];
  /** Whether each test needs a body of its own. */
  isFresh: boolean;
  /** Whether making such a body needs the service. */
  needsApp: boolean;
  /** Whether making one takes a number that is new. */
  needsNumber: boolean;
  /** Defines `fullBody`, `smallestBody`, `fullData` or `smallestData` in a test; empty where it is a constant. */
  useFullBody: string;
  useSmallestBody: string;
  useFull: string;
  useSmallest: string;
  /** Data in the domain. */
  full: string;
  smallest: string;
  /** Another body, and other data, than that of the test. */
  anotherBody: string;
  anotherData: string;
  /** Resources whose tests this one's need, each once. */
  requiredRelations: RelationView[];
  /** Resources that tests create to refer to them, each once. */
  createdTargets: RelationView[];
  /** What a response shows of a body. */
  visible: (body: string) => string;
  hidden: FieldView[];
  /** Fields whose value a test can change to a constant. */
  changeable: FieldView[];
  /** Members of an object literal. */
  smallestBody: string;
  defaults: string;
  longest: string;
  numbered: string;
  changes: string;
  /** How a model prints its examples. */
  printed: string;
  /** A field that must be there beside others; undefined when there is none. */
  requiredName: string | undefined;
  refusals: Refusal[];
  /** Whether the tests send more requests a minute than the service accepts by default. */
  manyRequests: boolean;
}

/** Derives it. */
export function testView(
  fields: FieldView[],
  relations: RelationView[],
  pascal: string,
  mapped: boolean,
): TestView {
  const required = fields.filter((field) => field.required);
  const smallestFields = required.length > 0 ? required : fields.slice(0, 1);
  const isFresh = fields.some(({ fresh }) => fresh !== undefined);
  const hidden = fields.filter(({ sensitive }) => sensitive);
  const refusals = fields.flatMap((field) => field.refusals);
  const changeable = fields.filter(({ fresh }) => fresh === undefined);
  return {
    smallestFields,
    ...bodies(isFresh, relations, pascal, mapped),
    createdTargets: targets(relations.filter((each) => !each.self && isSetByTests(each, hidden))),
    needsNumber: fields.some(({ fresh }) => /\bnumber\b/.test(fresh ?? '')),
    hidden,
    visible: (body) => (hidden.length > 0 ? `visible(${body})` : body),
    changeable,
    smallestBody: members(smallestFields, 'example'),
    defaults: members(
      fields.filter((field) => !smallestFields.includes(field) && !field.sensitive),
      'defaultValue',
    ),
    longest: members(
      fields.filter(({ sensitive }) => !sensitive),
      'longest',
    ),
    numbered: members(
      changeable.filter(({ filter }) => filter !== undefined),
      'numbered',
    ),
    changes: members(changeable, 'change'),
    printed: fields
      .filter(({ sensitive }) => !sensitive)
      .map((field) => `${field.name}=${field.printed}, `)
      .join(''),
    requiredName: fields.length > 1 ? required[0]?.column : undefined,
    refusals,
    manyRequests: relations.length > 0 || refusals.length > FEW_REFUSALS,
  };
}

type Bodies = Pick<
  TestView,
  | 'isFresh'
  | 'needsApp'
  | 'useFullBody'
  | 'useSmallestBody'
  | 'useFull'
  | 'useSmallest'
  | 'full'
  | 'smallest'
  | 'anotherBody'
  | 'anotherData'
  | 'requiredRelations'
>;

function bodies(
  isFresh: boolean,
  relations: RelationView[],
  pascal: string,
  mapped: boolean,
): Bodies {
  const requiredRelations = targets(relations.filter(({ required }) => required));
  const needsApp = requiredRelations.length > 0;
  const call = (name: string) => (needsApp ? `await ${name}(app())` : `${name}()`);
  const data = (name: string) => `to${pascal}Data(${call(name)})`;
  const use = (name: string, value: string) => (isFresh ? `    const ${name} = ${value};\n` : '');
  const full = mapped ? 'fullData' : 'fullBody';
  const smallest = mapped ? 'smallestData' : 'smallestBody';
  return {
    isFresh,
    needsApp,
    requiredRelations,
    useFullBody: use('fullBody', call('newBody')),
    useSmallestBody: use('smallestBody', call('newSmallestBody')),
    useFull: use(full, data('newBody')),
    useSmallest: use(smallest, data('newSmallestBody')),
    full,
    smallest,
    anotherBody: isFresh ? call('newBody') : 'fullBody',
    anotherData: isFresh ? data('newBody') : full,
  };
}

/** Whether tests cannot read from a response which row a new one refers to. */
function isSetByTests({ required, column }: RelationView, hidden: readonly FieldView[]): boolean {
  return !required || hidden.some((field) => field.column === column);
}

/** One relation for each resource that is referred to. */
function targets(relations: RelationView[]): RelationView[] {
  return [...new Map(relations.map((relation) => [relation.kebab, relation])).values()];
}

function members(
  fields: FieldView[],
  value: 'example' | 'defaultValue' | 'longest' | 'numbered' | 'change',
): string {
  return fields
    .flatMap((field) => (field[value] === undefined ? [] : [`${field.column}: ${field[value]}`]))
    .join(', ');
}
