export {
  gatewayApiGatewaySchema,
  gatewayClassSchema,
  listenerSetSchema,
} from './gateways';
export { routeFilterSchema } from './routeParts';
export {
  connectionRouteSchema,
  grpcRouteSchema,
  httpRouteSchema,
  parentReferenceSchema,
  referenceGrantSchema,
  routeStatusSchema,
} from './routes';
