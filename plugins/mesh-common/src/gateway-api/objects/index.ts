export * from './gateways';
export * from './routeParts';
export * from './routes';
