/** Items of the production checklist that manifests can satisfy, in the checklist's own words. */
export const POLICY_ITEMS = {
  trafficRules: {
    id: 'configuration.set-up-traffic-rules',
    section: 'Configuration',
    item: 'Set up traffic rules',
  },
  securityPolicies: {
    id: 'configuration.configure-security-policies',
    section: 'Configuration',
    item: 'Configure security policies',
  },
  circuitBreakers: {
    id: 'configuration.set-up-circuit-breakers',
    section: 'Configuration',
    item: 'Set up circuit breakers',
  },
  retryPolicies: {
    id: 'configuration.configure-retry-policies',
    section: 'Configuration',
    item: 'Configure retry policies',
  },
  mtls: {
    id: 'security-setup.enable-mtls-for-all-services',
    section: 'Security Setup',
    item: 'Enable mTLS for all services',
  },
  authorization: {
    id: 'security-setup.configure-authorization-policies',
    section: 'Security Setup',
    item: 'Configure authorization policies',
  },
  virtualServices: {
    id: 'traffic-management.set-up-virtual-services',
    section: 'Traffic Management',
    item: 'Set up virtual services',
  },
  destinationRules: {
    id: 'traffic-management.configure-destination-rules',
    section: 'Traffic Management',
    item: 'Configure destination rules',
  },
  loadBalancing: {
    id: 'traffic-management.configure-load-balancing',
    section: 'Traffic Management',
    item: 'Configure load balancing',
  },
  connectionPooling: {
    id: 'performance-tuning.configure-connection-pooling',
    section: 'Performance Tuning',
    item: 'Configure connection pooling',
  },
  timeoutsAndRetries: {
    id: 'performance-tuning.optimize-timeouts-and-retries',
    section: 'Performance Tuning',
    item: 'Optimize timeouts and retries',
  },
} as const;

export type PolicyItem = keyof typeof POLICY_ITEMS;

/**
 * An item of the checklist.
 *
 * @public
 */
export interface ChecklistItemRef {
  /** As the checklist has it: `security-setup.enable-mtls-for-all-services`. */
  id: string;
  section: string;
  item: string;
}
