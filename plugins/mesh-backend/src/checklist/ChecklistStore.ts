import { randomUUID } from 'node:crypto';
import {
  DatabaseService,
  resolvePackagePath,
} from '@backstage/backend-plugin-api';
import { ConflictError, NotFoundError } from '@backstage/errors';
import { ChecklistRecord } from 'backstage-plugin-mesh-common';
import { Knex } from 'knex';

const TABLE = 'checklist_records';

interface Row {
  id: string;
  entity_ref: string;
  item: string;
  kind: string;
  reason: string;
  link: string | null;
  expires: string;
  created_at: string;
  created_by: string;
  revoked_at: string | null;
  revoked_by: string | null;
  revoke_reason: string | null;
}

/**
 * What people said about items of the checklist. It is read anew each time: other replicas of the backend
 * write the same table.
 */
export class ChecklistStore {
  readonly #db: Knex;
  readonly #now: () => Date;

  static async create(options: {
    database: DatabaseService;
    now?: () => Date;
  }): Promise<ChecklistStore> {
    const { database, now = () => new Date() } = options;
    const db = await database.getClient();
    if (!database.migrations?.skip) {
      await db.migrate.latest({
        directory: resolvePackagePath(
          'backstage-plugin-mesh-backend',
          'migrations',
        ),
      });
    }
    return new ChecklistStore(db, now);
  }

  private constructor(db: Knex, now: () => Date) {
    this.#db = db;
    this.#now = now;
  }

  /** All records of an entity, the newest first. */
  async recordsOf(entityRef: string): Promise<ChecklistRecord[]> {
    const rows = await this.#db<Row>(TABLE)
      .where({ entity_ref: entityRef })
      .orderBy([
        { column: 'created_at', order: 'desc' },
        { column: 'id', order: 'desc' },
      ]);
    return rows.map(recordOf);
  }

  /** All records, by entity. */
  async allRecords(): Promise<Map<string, ChecklistRecord[]>> {
    const byEntity = new Map<string, ChecklistRecord[]>();
    for (const row of await this.#db<Row>(TABLE)) {
      const known = byEntity.get(row.entity_ref);
      if (known) {
        known.push(recordOf(row));
      } else {
        byEntity.set(row.entity_ref, [recordOf(row)]);
      }
    }
    return byEntity;
  }

  async record(
    entityRef: string,
    id: string,
  ): Promise<ChecklistRecord | undefined> {
    const row = await this.#db<Row>(TABLE)
      .where({ entity_ref: entityRef, id })
      .first();
    return row && recordOf(row);
  }

  async add(
    entityRef: string,
    record: Omit<ChecklistRecord, 'id' | 'createdAt' | 'revoked'>,
  ): Promise<ChecklistRecord> {
    const added = {
      ...record,
      id: randomUUID(),
      createdAt: this.#now().toISOString(),
    };
    await this.#db<Row>(TABLE).insert({
      id: added.id,
      entity_ref: entityRef,
      item: added.item,
      kind: added.kind,
      reason: added.reason,
      link: added.link ?? null,
      expires: added.expires,
      created_at: added.createdAt,
      created_by: added.createdBy,
    });
    return added;
  }

  /** Takes a record back. Of several who try, one does; the others get a ConflictError. */
  async revoke(
    entityRef: string,
    id: string,
    { by, reason }: { by: string; reason: string },
  ): Promise<ChecklistRecord> {
    const changed = await this.#db<Row>(TABLE)
      .where({ entity_ref: entityRef, id })
      .whereNull('revoked_at')
      .update({
        revoked_at: this.#now().toISOString(),
        revoked_by: by,
        revoke_reason: reason,
      });
    const record = await this.record(entityRef, id);
    if (!record) {
      throw new NotFoundError(`There is no record ${id} of ${entityRef}`);
    }
    if (changed === 0) {
      throw new ConflictError(
        `The ${record.kind} ${id} was revoked by ${record.revoked?.by} already`,
      );
    }
    return record;
  }
}

function recordOf(row: Row): ChecklistRecord {
  return {
    id: row.id,
    item: row.item,
    kind: row.kind === 'waiver' ? 'waiver' : 'attestation',
    reason: row.reason,
    ...(row.link !== null && { link: row.link }),
    expires: row.expires,
    createdAt: row.created_at,
    createdBy: row.created_by,
    ...(row.revoked_at !== null && {
      revoked: {
        at: row.revoked_at,
        by: row.revoked_by ?? '',
        reason: row.revoke_reason ?? '',
      },
    }),
  };
}
