import type { ResourceType, StoredObject } from '../../store/types';
import { isRecord, listOf, recordOf } from '../../store/values';
import type { ApiAnswer, ListAnswer } from '../answer';
import { readValue } from '../body';
import { inVersion, type ApiContext, type Target } from '../context';
import { listOptions } from '../listOptions';
import { badRequest, success } from '../status';
import { isDryRun } from '../writeOptions';
import { answerWith } from './get';

interface Deletion {
  dryRun: boolean;
  orphan: boolean;
  preconditions: { uid?: string; resourceVersion?: string };
}

/** The built-in kinds of which a deletion returns the object. */
const RETURNED = ['Pod', 'Service', 'ServiceAccount'];

export async function deleteOne(
  context: ApiContext,
  target: Target,
): Promise<ApiAnswer> {
  const { resource, namespace, name } = target;
  const options = await deletion(target);
  const deleted = remove(context, resource, namespace, name, options);
  const remains = context.store.get(resource, namespace, name);
  if (
    (remains && !options.dryRun) ||
    (resource.group === '' && RETURNED.includes(resource.kind))
  ) {
    return answerWith(target, deleted);
  }
  return {
    type: 'status',
    status: success({
      name,
      ...(resource.group && { group: resource.group }),
      kind: resource.plural,
      ...(deleted.metadata.uid && { uid: deleted.metadata.uid }),
    }),
  };
}

export async function deleteCollection(
  context: ApiContext,
  target: Target,
): Promise<ListAnswer> {
  const { resource, version, namespace, apiVersion, request } = target;
  const { store, watchList } = context;
  const options = await deletion(target);
  const { matches } = listOptions(
    request.query,
    resource,
    version,
    store,
    watchList,
  );
  const deleted = store
    .list(resource, namespace)
    .filter(matches)
    .map(({ metadata }) =>
      remove(context, resource, metadata.namespace, metadata.name, options),
    );
  return {
    type: 'list',
    resource,
    version,
    items: deleted.map(object => inVersion(apiVersion, object)),
    metadata: { resourceVersion: String(store.resourceVersion) },
  };
}

function remove(
  { store }: ApiContext,
  resource: ResourceType,
  namespace: string | undefined,
  name: string,
  { dryRun, orphan, preconditions }: Deletion,
): StoredObject {
  const object = store.get(resource, namespace, name);
  if (orphan && object && !dryRun) {
    releaseDependents(store, object);
  }
  return store.delete(resource, namespace, name, { dryRun, preconditions });
}

/** Takes the owner from the objects that it owns, so that nobody deletes them after it. */
function releaseDependents(
  store: ApiContext['store'],
  owner: StoredObject,
): void {
  for (const resource of store.resources()) {
    for (const object of store.list(resource, owner.metadata.namespace)) {
      const owners = listOf(object.metadata.ownerReferences).map(recordOf);
      const others = owners.filter(({ uid }) => uid !== owner.metadata.uid);
      if (others.length < owners.length) {
        store.update({
          ...object,
          metadata: { ...object.metadata, ownerReferences: others },
        });
      }
    }
  }
}

/** The options of a deletion, from the body or the query. */
async function deletion({ request }: Target): Promise<Deletion> {
  const { query } = request;
  const body = (await readValue(request)) ?? {};
  if (!isRecord(body)) {
    throw badRequest('the body of a deletion is a DeleteOptions object');
  }
  if (body.kind !== undefined && body.kind !== 'DeleteOptions') {
    throw badRequest(
      `the body of a deletion is a DeleteOptions object, not ${JSON.stringify(
        body.kind,
      )}`,
    );
  }
  const { uid, resourceVersion } = recordOf(body.preconditions);
  const policy = body.propagationPolicy ?? query.get('propagationPolicy');
  return {
    dryRun: isDryRun(
      [...query.getAll('dryRun'), ...listOf(body.dryRun)],
      'DeleteOptions',
    ),
    orphan: policy === 'Orphan' || body.orphanDependents === true,
    preconditions: {
      ...(typeof uid === 'string' && { uid }),
      ...(typeof resourceVersion === 'string' && { resourceVersion }),
    },
  };
}
