import {
  ObjectSchemas,
  RawObject,
  UnknownField,
  ValidationProblem,
} from '../validation/problem';
import { celComplaint } from './cel';
import { withDefaults } from './defaults';
import { KindSchema, VendoredSchemas } from './jsonSchema';
import { ruleProblems } from './rules';
import { structureProblems } from './structure';
import { unknownFields } from './unknownFields';

/** Schemas of kinds, asked about objects as the API server would ask them. */
export class KindSchemas implements ObjectSchemas {
  readonly #kinds: ReadonlyMap<string, readonly KindSchema[]>;

  /** Of a kind and version that several sources have, the schema of the first counts. */
  static create(sources: readonly VendoredSchemas[]): KindSchemas {
    const all = new Map<string, KindSchema[]>();
    for (const { kinds } of sources) {
      for (const [kind, { schemas }] of Object.entries(kinds)) {
        all.set(kind, [...(all.get(kind) ?? []), ...schemas]);
      }
    }
    return new KindSchemas(all);
  }

  private constructor(kinds: ReadonlyMap<string, readonly KindSchema[]>) {
    this.#kinds = kinds;
  }

  problems(object: RawObject): ValidationProblem[] {
    const known = this.#schemaOf(object);
    if (!known) {
      return [];
    }
    const { spec: schema, required } = known.schema;
    if (object.spec === undefined) {
      return required
        ? [{ field: 'spec', message: 'Required value', level: 'error' }]
        : [];
    }
    const spec = withDefaults(object.spec, schema);
    const problems = structureProblems(spec, schema, 'spec');
    // Rules are written for objects that fit their schema.
    return problems.length > 0 ? problems : ruleProblems(spec, schema, 'spec');
  }

  unknownFields(object: RawObject): UnknownField[] {
    const known = this.#schemaOf(object);
    return known ? unknownFields(object.spec, known.schema.spec, 'spec') : [];
  }

  celComplaint(text: string): string | undefined {
    return celComplaint(text);
  }

  #schemaOf({ apiVersion, kind }: RawObject): KindSchema | undefined {
    const [group, version] = apiVersion.split('/');
    return this.#kinds
      .get(`${group}/${kind}`)
      ?.find(({ versions }) => versions.includes(version));
  }
}
