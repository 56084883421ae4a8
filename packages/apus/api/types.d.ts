// What `apus/types` declares, without comments. Made by `npm run api`, compared by `npm run check -- api`.
import type { Upload } from "apus";
import type { z } from "zod";

export type Aliased<S extends z.core.$ZodShape, C extends z.core.$ZodObjectConfig, N> = z.ZodCodec<
  z.ZodObject<Renamed<S, N>, C>,
  z.ZodCustom<z.output<z.ZodObject<S, C>>, z.output<z.ZodObject<S, C>>>
>;
export interface Base64Options {
  readonly alphabet?: "standard" | "url" | undefined;
}
export interface BigintOptions {
  readonly gt?: bigint | number | undefined;
  readonly ge?: bigint | number | undefined;
  readonly lt?: bigint | number | undefined;
  readonly le?: bigint | number | undefined;
  readonly multipleOf?: bigint | number | undefined;
}
export interface BytesOptions {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}
export interface DateOptions<As extends "text" | "Date" = "text" | "Date"> extends Bounds<string | Date> {
  readonly as?: As;
  readonly past?: boolean;
  readonly future?: boolean;
}
export interface DatetimeOptions<As extends "text" | "Date" = "text" | "Date"> extends Bounds<string | Date> {
  readonly as?: As;
  readonly aware?: boolean;
  readonly naive?: boolean;
  readonly past?: boolean;
  readonly future?: boolean;
}
export interface DecimalOptions {
  readonly maxDigits?: number | undefined;
  readonly decimalPlaces?: number | undefined;
  readonly gt?: Bound | undefined;
  readonly ge?: Bound | undefined;
  readonly lt?: Bound | undefined;
  readonly le?: Bound | undefined;
  readonly multipleOf?: Bound | undefined;
}
export interface DurationOptions<As extends "seconds" | "text" = "seconds" | "text"> extends Bounds<number | string> {
  readonly as?: As;
}
export interface IpOptions {
  readonly version?: IpVersion | undefined;
  readonly kind?: IpKind | undefined;
}
export declare class Secret {
  #private;
  constructor(value: string);
  get value(): string;
  toString(): string;
  toJSON(): string;
}
export interface SecretOptions {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}
export interface SetOptions {
  readonly min?: number | undefined;
  readonly max?: number | undefined;
}
export type TimeOptions = Bounds<string>;
export declare function partial<S extends z.core.$ZodShape, C extends z.core.$ZodObjectConfig>(
  model: z.ZodObject<S, C>,
): z.ZodObject<PartialShape<S>, C>;
export declare const types: {
  aliased: typeof aliased;
  base64: typeof base64;
  bigint: typeof bigint;
  bytes: typeof bytes;
  date: typeof date;
  datetime: typeof datetime;
  decimal: typeof decimal;
  duration: typeof duration;
  httpUrl: typeof httpUrl;
  ip: typeof ip;
  json: typeof json;
  path: typeof path;
  secret: typeof secret;
  set: typeof set;
  stream: typeof stream;
  time: typeof time;
  upload: typeof upload;
  url: typeof url;
};

// What the above is made of.
type Bound = string | number | bigint;
interface Bounds<T> {
  readonly min?: T;
  readonly max?: T;
}
type Bytes = z.ZodCodec<z.ZodString, z.ZodCustom<Uint8Array, Uint8Array>>;
type IpKind = "address" | "network" | "interface";
type IpVersion = 4 | 6;
type PartialShape<S> = {
  -readonly [K in keyof S]: z.ZodExactOptional<Extract<Undefaulted<S[K]>, z.core.SomeType>>;
};
type Renamed<S, N> = {
  [K in keyof S as K extends keyof N ? Extract<N[K], string> : K]: S[K];
};
type Sent = Blob | Uint8Array | ReadableStream<Uint8Array>;
type Undefaulted<S> = S extends z.ZodDefault<infer I> | z.ZodPrefault<infer I> | z.ZodOptional<infer I>
  ? Undefaulted<I>
  : S;
type Url = z.ZodCodec<z.ZodString, z.ZodString>;
interface Writes<S> {
  readonly "~writes"?: S;
}
declare function aliased<
  S extends z.core.$ZodShape,
  C extends z.core.$ZodObjectConfig,
  const N extends {
    readonly [K in keyof S]?: string;
  },
>(model: z.ZodObject<S, C>, names: N): Aliased<S, C, N>;
declare function base64(options?: Base64Options): Bytes;
declare function bigint(options?: BigintOptions): z.ZodCodec<z.ZodCustom<number, number | bigint>, z.ZodBigInt>;
declare function bytes(options?: BytesOptions): Bytes;
declare function date<const As extends "text" | "Date" = "text">(
  options?: DateOptions<As>,
): z.ZodCodec<z.ZodString, As extends "Date" ? z.ZodDate : z.ZodString>;
declare function datetime<const As extends "text" | "Date" = "text">(
  options?: DatetimeOptions<As>,
): z.ZodCodec<z.ZodString, As extends "Date" ? z.ZodDate : z.ZodString>;
declare function decimal(options?: DecimalOptions): z.ZodCodec<z.ZodCustom<string, string>, z.ZodString>;
declare function duration<const As extends "seconds" | "text" = "seconds">(
  options?: DurationOptions<As>,
): z.ZodCodec<z.ZodString, As extends "text" ? z.ZodString : z.ZodNumber>;
declare function httpUrl(): Url;
declare function ip(options?: IpOptions): z.ZodCodec<z.ZodString, z.ZodString>;
declare function json<T extends z.core.SomeType>(inner: T): z.ZodCodec<z.ZodString & Writes<T>, T>;
declare function path(): z.ZodCodec<z.ZodString, z.ZodString>;
declare function secret(options?: SecretOptions): z.ZodCodec<z.ZodString, z.ZodCustom<Secret, Secret>>;
declare function set<T extends z.core.SomeType>(
  item: T,
  options?: SetOptions,
): z.ZodCodec<z.ZodArray<T>, z.ZodCustom<Set<z.output<T>>, Set<z.output<T>>>>;
declare function stream(): z.ZodCodec<
  z.ZodCustom<Sent, Sent>,
  z.ZodCustom<AsyncIterable<Uint8Array>, AsyncIterable<Uint8Array>>
>;
declare function time(options?: TimeOptions): z.ZodCodec<z.ZodString, z.ZodString>;
declare function upload(): z.ZodCodec<z.ZodCustom<Blob, Blob>, z.ZodCustom<Upload, Upload>>;
declare function url(): Url;

export {};
