import { defineCheck } from '../../check';
import { refOf } from '../../naming';
import { DEPRECATED } from './deprecated';

/** A VirtualService says how many requests to delay by the field that another one has replaced. */
export const faultDelayPercent = defineCheck({
  ...DEPRECATED,
  upstream: 'deprecation.DeprecationAnalyzer (istioctl)',
  subject: 'networking.istio.io/VirtualService',
  *run(virtualService) {
    const http = virtualService.spec?.http ?? [];
    for (const [index, { fault }] of http.entries()) {
      const percent = fault?.delay?.percent ?? 0;
      if (percent > 0) {
        const field = `spec.http[${index}].fault.delay`;
        yield {
          message: `${refOf(
            virtualService,
          )} uses ${field}.percent, which is deprecated: write percentage: { value: ${percent} }`,
          field: `${field}.percent`,
        };
      }
    }
  },
});
