import { z } from 'zod';
import { objectSchema } from '../../kubernetes/schemas/objects';
import {
  istioStatusSchema,
  mtlsModeSchema,
  policyTargetReferenceSchema,
  strings,
  workloadSelectorSchema,
} from './shared';

export const peerAuthenticationSchema = objectSchema({
  spec: z
    .object({
      selector: workloadSelectorSchema.optional(),
      mtls: mtlsModeSchema.optional(),
      portLevelMtls: z.record(z.string(), mtlsModeSchema).optional(),
    })
    .optional(),
  status: istioStatusSchema,
});

const sourceSchema = z.object({
  principals: strings.optional(),
  notPrincipals: strings.optional(),
  requestPrincipals: strings.optional(),
  notRequestPrincipals: strings.optional(),
  namespaces: strings.optional(),
  notNamespaces: strings.optional(),
  serviceAccounts: strings.optional(),
  notServiceAccounts: strings.optional(),
  trustDomains: strings.optional(),
  notTrustDomains: strings.optional(),
  ipBlocks: strings.optional(),
  notIpBlocks: strings.optional(),
  remoteIpBlocks: strings.optional(),
  notRemoteIpBlocks: strings.optional(),
});

const operationSchema = z.object({
  hosts: strings.optional(),
  notHosts: strings.optional(),
  ports: strings.optional(),
  notPorts: strings.optional(),
  methods: strings.optional(),
  notMethods: strings.optional(),
  paths: strings.optional(),
  notPaths: strings.optional(),
});

export const authorizationPolicySchema = objectSchema({
  spec: z
    .object({
      selector: workloadSelectorSchema.optional(),
      targetRef: policyTargetReferenceSchema.optional(),
      targetRefs: z.array(policyTargetReferenceSchema).optional(),
      action: z.enum(['ALLOW', 'DENY', 'AUDIT', 'CUSTOM']).optional(),
      provider: z.object({ name: z.string().optional() }).optional(),
      rules: z
        .array(
          z.object({
            from: z
              .array(z.object({ source: sourceSchema.optional() }))
              .optional(),
            to: z
              .array(z.object({ operation: operationSchema.optional() }))
              .optional(),
            when: z
              .array(
                z.object({
                  key: z.string(),
                  values: strings.optional(),
                  notValues: strings.optional(),
                }),
              )
              .optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  status: istioStatusSchema,
});

export const requestAuthenticationSchema = objectSchema({
  spec: z
    .object({
      selector: workloadSelectorSchema.optional(),
      targetRef: policyTargetReferenceSchema.optional(),
      targetRefs: z.array(policyTargetReferenceSchema).optional(),
      jwtRules: z
        .array(
          z.object({
            issuer: z.string().optional(),
            audiences: strings.optional(),
            fromHeaders: z
              .array(
                z.object({ name: z.string(), prefix: z.string().optional() }),
              )
              .optional(),
            fromParams: strings.optional(),
            fromCookies: strings.optional(),
            spaceDelimitedClaims: strings.optional(),
            forwardOriginalToken: z.boolean().optional(),
            outputClaimToHeaders: z
              .array(
                z.object({
                  header: z.string().optional(),
                  claim: z.string().optional(),
                }),
              )
              .optional(),
          }),
        )
        .optional(),
    })
    .optional(),
  status: istioStatusSchema,
});
