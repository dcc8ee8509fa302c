import {
  CONTRACT_SCHEMAS,
  RouteAccess,
  RouteDefinition,
  ROUTES,
  WRITE_ROUTES,
} from 'backstage-plugin-mesh-common';
import { z } from 'zod';
import { version } from '../../package.json';

const ACCESS: Readonly<Record<RouteAccess, string>> = {
  entity: 'For users who may read the entity in the catalog.',
  filtered:
    'For users; the answer has the entities that they may read in the catalog.',
  fleet: 'For users with the permission mesh.fleet.read.',
  checklist:
    'For users who may read the entity in the catalog and have for it the permission mesh.checklist.attest (attestations) or mesh.checklist.waive (waivers).',
};

const errorSchema = {
  type: 'object',
  required: ['error', 'response'],
  properties: {
    error: {
      type: 'object',
      required: ['name', 'message'],
      properties: { name: { type: 'string' }, message: { type: 'string' } },
    },
    request: { type: 'object' },
    response: {
      type: 'object',
      properties: { statusCode: { type: 'integer' } },
    },
  },
} as const;

/** The description of this API (OpenAPI 3.1), made from the wire contract. */
export function openApiDocument(): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Mesh for Backstage',
      description:
        'What Istio and Linkerd do for the entities of the catalog, and what people say about their readiness for production.',
      version,
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/mesh' }],
    security: [{ backstageToken: [] }],
    paths: Object.fromEntries(
      Object.entries({ ...ROUTES, ...WRITE_ROUTES }).map(([name, route]) => [
        route.path.replace(/:(\w+)/g, '{$1}'),
        {
          [route.method.toLowerCase()]: route.body
            ? writeOperation(name, route, route.body)
            : operation(name, route),
        },
      ]),
    ),
    components: {
      securitySchemes: {
        backstageToken: {
          type: 'http',
          scheme: 'bearer',
          description: 'The token of a Backstage user. Services are refused.',
        },
      },
      responses: {
        NotModified: {
          description: 'The answer is the one whose ETag was sent',
        },
        BadRequest: errorResponse('A parameter is wrong, and which'),
        Unauthorized: errorResponse('No valid credentials were sent'),
        Forbidden: errorResponse(
          'The credentials are those of a service, or lack a permission',
        ),
        Conflict: errorResponse('Somebody else did it before'),
        UnsupportedMediaType: errorResponse('The body is not JSON'),
        NotFound: errorResponse(
          'There is no such thing, or the caller may not read it',
        ),
      },
      schemas: { ...componentSchemas(), Error: errorSchema },
    },
  };
}

function operation(name: string, route: RouteDefinition): object {
  const { summary, params, query, response, access } = route;
  return {
    operationId: name,
    summary,
    description: ACCESS[access],
    parameters: [
      ...parametersOf(params, 'path'),
      ...parametersOf(query, 'query'),
      {
        name: 'If-None-Match',
        in: 'header',
        schema: { type: 'string' },
        description: 'The ETag of the answer that the caller has',
      },
    ],
    responses: {
      200: {
        description: 'The answer',
        headers: {
          ETag: {
            schema: { type: 'string' },
            description: 'A hash of the answer to this caller',
          },
        },
        content: {
          'application/json': { schema: { $ref: refTo(nameOf(response)) } },
        },
      },
      304: { $ref: '#/components/responses/NotModified' },
      400: { $ref: '#/components/responses/BadRequest' },
      401: { $ref: '#/components/responses/Unauthorized' },
      403: { $ref: '#/components/responses/Forbidden' },
      ...(access === 'entity' && {
        404: { $ref: '#/components/responses/NotFound' },
      }),
    },
  };
}

function writeOperation(
  name: string,
  { summary, params, response, access }: RouteDefinition,
  body: z.ZodObject,
): object {
  return {
    operationId: name,
    summary,
    description: ACCESS[access],
    parameters: parametersOf(params, 'path'),
    requestBody: {
      required: true,
      content: {
        'application/json': { schema: { $ref: refTo(nameOf(body)) } },
      },
    },
    responses: {
      201: {
        description: 'The record',
        content: {
          'application/json': { schema: { $ref: refTo(nameOf(response)) } },
        },
      },
      400: { $ref: '#/components/responses/BadRequest' },
      401: { $ref: '#/components/responses/Unauthorized' },
      403: { $ref: '#/components/responses/Forbidden' },
      404: { $ref: '#/components/responses/NotFound' },
      409: { $ref: '#/components/responses/Conflict' },
      415: { $ref: '#/components/responses/UnsupportedMediaType' },
    },
  };
}

function parametersOf(schema: z.ZodObject, place: 'path' | 'query'): object[] {
  return Object.entries(schema.shape).map(([name, parameter]) => {
    const { description, ...rest } = jsonSchema(parameter);
    return {
      name,
      in: place,
      required: !isOptional(parameter),
      ...(description && { description }),
      schema: rest,
    };
  });
}

function isOptional(schema: z.core.$ZodType): boolean {
  return z.safeParse(schema, undefined).success;
}

function jsonSchema(schema: z.core.$ZodType): z.core.JSONSchema.BaseSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input' });
  return rest;
}

function componentSchemas(): Record<string, object> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(CONTRACT_SCHEMAS)) {
    registry.add(schema, { id });
  }
  const { schemas } = z.toJSONSchema(registry, { uri: refTo });
  return Object.fromEntries(
    Object.entries(schemas).map(([id, { $schema: _, $id: __, ...schema }]) => [
      id,
      schema,
    ]),
  );
}

function refTo(component: string): string {
  return `#/components/schemas/${component}`;
}

function nameOf(schema: z.ZodType): string {
  const found = Object.entries(CONTRACT_SCHEMAS).find(
    ([, component]) => component === schema,
  );
  if (!found) {
    throw new TypeError('The answer of a route has no name in the document');
  }
  return found[0];
}

function errorResponse(description: string): object {
  return {
    description,
    content: { 'application/json': { schema: { $ref: refTo('Error') } } },
  };
}
