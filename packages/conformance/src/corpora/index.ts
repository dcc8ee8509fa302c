import { Corpus, notModelled } from '../corpus';
import { istioAnalyze } from './istioAnalyze';
import { istiodAuthz } from './istiodAuthz';
import { istiodInbound } from './istiodInbound';
import { istiodWalk } from './istiodWalk';
import { istioMtls } from './istioMtls';
import { istioRoutes } from './istioRoutes';
import { istioValidation } from './istioValidation';
import { reports } from './reports';
import { kialiValidations } from './kialiValidations';

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
  notModelled('linkerd-admission', 'objects are not validated yet'),
  notModelled(
    'linkerd-controller',
    'requests are not judged by the runner yet',
  ),
  notModelled('linkerd-policy', 'requests are not judged by the runner yet'),
  notModelled('linkerd-primitives', 'the runner does not ask for them yet'),
  notModelled('linkerd-serviceprofile', 'objects are not validated yet'),
  reports,
];
