import {
  AuthService,
  BackstageCredentials,
  BackstageUserPrincipal,
  HttpAuthService,
  PermissionsService,
} from '@backstage/backend-plugin-api';
import { stringifyEntityRef } from '@backstage/catalog-model';
import { NotAllowedError, NotFoundError } from '@backstage/errors';
import { CatalogService } from '@backstage/plugin-catalog-node';
import { AuthorizeResult } from '@backstage/plugin-permission-common';
import { ChecklistRecordKind } from 'backstage-plugin-mesh-common';
import {
  meshChecklistAttestPermission,
  meshChecklistWaivePermission,
  meshFleetReadPermission,
} from 'backstage-plugin-mesh-common/permissions';
import { Request } from 'express';
import { EntityQuestion } from '../answers/context';
import { Caller } from '../answers/visibility';
import { EntityDirectory } from '../catalog/EntityDirectory';

type Credentials = Caller['credentials'];
type UserCredentials = BackstageCredentials<BackstageUserPrincipal>;

/** What is needed to say something of that kind about an entity, and to take it back. */
const CHECKLIST = {
  attestation: meshChecklistAttestPermission,
  waiver: meshChecklistWaivePermission,
} as const;

/** The one place where it is decided who may ask what. */
export class Authorizer {
  readonly #auth: AuthService;
  readonly #httpAuth: HttpAuthService;
  readonly #permissions: PermissionsService;
  readonly #catalog: CatalogService;
  readonly #directory: EntityDirectory;

  static create(options: {
    auth: AuthService;
    httpAuth: HttpAuthService;
    permissions: PermissionsService;
    catalog: CatalogService;
    directory: EntityDirectory;
  }): Authorizer {
    return new Authorizer(options);
  }

  private constructor(options: Parameters<typeof Authorizer.create>[0]) {
    this.#auth = options.auth;
    this.#httpAuth = options.httpAuth;
    this.#permissions = options.permissions;
    this.#catalog = options.catalog;
    this.#directory = options.directory;
  }

  /**
   * The credentials of a user. Services are refused: the permission framework lets them do everything, and
   * what they ask for may end up with somebody who may do less.
   */
  async user(request: Request): Promise<UserCredentials> {
    return this.#httpAuth.credentials(request, { allow: ['user'] });
  }

  /** The same for credentials that did not come with a request. */
  requireUser(credentials: BackstageCredentials): Credentials {
    if (!this.#auth.isPrincipal(credentials, 'user')) {
      throw new NotAllowedError('This needs the credentials of a user');
    }
    return credentials;
  }

  async caller(credentials: Credentials): Promise<Caller> {
    const [{ result }] = await this.#permissions.authorize(
      [{ permission: meshFleetReadPermission }],
      { credentials },
    );
    return { credentials, mayReadFleet: result === AuthorizeResult.ALLOW };
  }

  /** A caller who holds mesh.fleet.read. */
  async fleetReader(credentials: Credentials): Promise<Caller> {
    const caller = await this.caller(credentials);
    if (!caller.mayReadFleet) {
      throw new NotAllowedError(
        `This needs the permission ${meshFleetReadPermission.name}`,
      );
    }
    return caller;
  }

  /** A question about an entity that the caller may read. It is not told whether there is another one. */
  async entityReader(
    credentials: Credentials,
    name: { kind: string; namespace: string; name: string },
  ): Promise<EntityQuestion> {
    const ref = stringifyEntityRef(name);
    const entity = await this.#catalog.getEntityByRef(ref, { credentials });
    if (!entity) {
      throw new NotFoundError(`There is no entity ${ref} that you may read`);
    }
    return {
      entity: this.#directory.describe(entity),
      caller: await this.caller(credentials),
    };
  }

  /** Which kinds of records a caller may make for an entity, and take back. */
  async checklistKinds({
    entity,
    caller,
  }: EntityQuestion): Promise<ReadonlySet<ChecklistRecordKind>> {
    const kinds = ['attestation', 'waiver'] as const;
    const decisions = await this.#permissions.authorize(
      kinds.map(kind => ({
        permission: CHECKLIST[kind],
        resourceRef: entity.ref,
      })),
      { credentials: caller.credentials },
    );
    return new Set(
      kinds.filter(
        (_, index) => decisions[index].result === AuthorizeResult.ALLOW,
      ),
    );
  }

  /** Throws NotAllowedError where the caller may not say something of that kind about the entity. */
  async requireChecklist(
    question: EntityQuestion,
    kind: ChecklistRecordKind,
  ): Promise<void> {
    if (!(await this.checklistKinds(question)).has(kind)) {
      throw new NotAllowedError(
        `This needs the permission ${CHECKLIST[kind].name} for ${question.entity.ref}`,
      );
    }
  }
}
