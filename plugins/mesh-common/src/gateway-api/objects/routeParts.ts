/**
 * A backend of a rule of the Gateway API.
 *
 * @public
 */
export interface BackendRef {
  group?: string;
  kind?: string;
  name: string;
  namespace?: string;
  port?: number;
  weight?: number;
  filters?: RouteFilter[];
}

/**
 * A filter of a rule of the Gateway API.
 *
 * @public
 */
export interface RouteFilter {
  type: string;
  requestHeaderModifier?: HeaderModifier;
  responseHeaderModifier?: HeaderModifier;
  requestMirror?: {
    backendRef: {
      group?: string;
      kind?: string;
      name: string;
      namespace?: string;
      port?: number;
    };
    percent?: number;
    fraction?: {
      numerator: number;
      denominator?: number;
    };
  };
  requestRedirect?: {
    scheme?: string;
    hostname?: string;
    path?: PathModifier;
    port?: number;
    statusCode?: number;
  };
  urlRewrite?: {
    hostname?: string;
    path?: PathModifier;
  };
  cors?: {
    allowOrigins?: string[];
  };
}

/**
 * A match of a header or of a parameter.
 *
 * @public
 */
export interface RouteValueMatch {
  type?: 'Exact' | 'RegularExpression';
  name: string;
  value: string;
}

/**
 * A header, and its value.
 *
 * @public
 */
export interface HeaderValue {
  name: string;
  value: string;
}

/**
 * What a filter does to headers.
 *
 * @public
 */
export interface HeaderModifier {
  set?: HeaderValue[];
  add?: HeaderValue[];
  remove?: string[];
}

/**
 * What a filter makes of the path.
 *
 * @public
 */
export interface PathModifier {
  type: string;
  replaceFullPath?: string;
  replacePrefixMatch?: string;
}
