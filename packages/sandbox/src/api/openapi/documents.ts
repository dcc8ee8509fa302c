import { createHash } from 'node:crypto';
import { kubernetesVersion } from '../../store/schema/registry';
import type { ObjectStore, ResourceType } from '../../store/types';
import { isRecord, type JsonRecord } from '../../store/values';
import { servedGroups } from '../discovery';
import { pathsOf } from './paths';
import { schemaName, schemasOf } from './schemas';

const INFO = { title: 'Kubernetes', version: kubernetesVersion };
const V3_REF = '#/components/schemas/';
const V2_REF = '#/definitions/';

/** The index of the documents, one for each version of a group. */
export function openApiIndex(store: ObjectStore) {
  const paths: JsonRecord = {};
  for (const [group, versions] of servedGroups(store)) {
    for (const version of versions) {
      const resources = resourcesOf(store, group, version);
      if (resources.length > 0) {
        const name = group ? `apis/${group}/${version}` : `api/${version}`;
        const hash = hashOf(openApiV3(store, group, version));
        paths[name] = {
          serverRelativeURL: `/openapi/v3/${name}?hash=${hash}`,
        };
      }
    }
  }
  return { paths };
}

/** The OpenAPI 3 document of a version of a group. */
export function openApiV3(store: ObjectStore, group: string, version: string) {
  const resources = resourcesOf(store, group, version);
  if (resources.length === 0) {
    return undefined;
  }
  const paths: JsonRecord = {};
  for (const resource of resources) {
    Object.assign(
      paths,
      pathsOf(resource, version, schemaName(resource, version)),
    );
  }
  return {
    openapi: '3.0.0',
    info: INFO,
    paths,
    components: { schemas: schemasOf(store, resources, version) },
  };
}

/** All schemas in the older form, which has definitions and no operations here. */
export function openApiV2(store: ObjectStore) {
  const definitions: JsonRecord = {};
  for (const [group, versions] of servedGroups(store)) {
    for (const version of versions) {
      const resources = resourcesOf(store, group, version);
      for (const [name, schema] of Object.entries(
        schemasOf(store, resources, version),
      )) {
        definitions[name] = asDefinition(schema);
      }
    }
  }
  return { swagger: '2.0', info: INFO, paths: {}, definitions };
}

/** A schema with the references of OpenAPI 2, and without what that does not know. */
function asDefinition(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(asDefinition);
  }
  if (!isRecord(value)) {
    return value;
  }
  const [wrapped] = Array.isArray(value.allOf) ? value.allOf : [];
  if (isRecord(wrapped) && typeof wrapped.$ref === 'string') {
    const { allOf: _allOf, ...siblings } = value;
    return asDefinition({ ...siblings, $ref: wrapped.$ref });
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => !['oneOf', 'anyOf', 'not', 'nullable'].includes(key))
      .map(([key, member]) => [
        key,
        key === '$ref' && typeof member === 'string'
          ? member.replace(V3_REF, V2_REF)
          : asDefinition(member),
      ]),
  );
}

function resourcesOf(
  store: ObjectStore,
  group: string,
  version: string,
): ResourceType[] {
  return store
    .resources()
    .filter(
      resource =>
        resource.group === group && resource.versions.includes(version),
    );
}

function hashOf(document: unknown): string {
  return createHash('sha256')
    .update(JSON.stringify(document))
    .digest('hex')
    .toUpperCase();
}
