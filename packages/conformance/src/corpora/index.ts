import { Corpus } from '../corpus';
import { istioAnalyze } from './istioAnalyze';
import { istiodAuthz } from './istiodAuthz';
import { istiodInbound } from './istiodInbound';
import { istiodWalk } from './istiodWalk';
import { istioMtls } from './istioMtls';
import { istioRoutes } from './istioRoutes';
import { istioValidation } from './istioValidation';
import { reports } from './reports';
import { kialiValidations } from './kialiValidations';
import { linkerdAdmission, linkerdServiceProfile } from './linkerd/admission';
import { linkerdController, linkerdPolicy } from './linkerd/policy';
import { linkerdPrimitives } from './linkerd/primitives';

/** All corpora that may be in a folder, in the order of the report. */
export const CORPORA: readonly Corpus[] = [
  istioAnalyze,
  istioMtls,
  istioRoutes,
  istioValidation,
  istiodInbound,
  istiodAuthz,
  istiodWalk,
  kialiValidations,
  linkerdAdmission,
  linkerdController,
  linkerdPolicy,
  linkerdPrimitives,
  linkerdServiceProfile,
  reports,
];
