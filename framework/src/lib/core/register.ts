/**
 * What an app's generated types add to the framework's: `.hotclub/types` augments these interfaces
 * (`declare module 'hotclub' { interface Register { db: … } interface RouteTable { … } }`).
 */

/** App-wide types: `db`, the app's Prisma client. */
export interface Register {}

/** One entry a route or layout file: id → its params and search. */
export interface RouteTable {}

/** The app's Prisma client; unchecked before types were generated. */
export type Db = Register extends { db: infer D } ? D : any

/** A client inside of a transaction. */
export type TransactionOf<C> = Omit<C, '$connect' | '$disconnect' | '$on' | '$extends'>

/** Every known route or layout id; any string before types were generated. */
export type RouteId = [keyof RouteTable] extends [never] ? string : keyof RouteTable & string

/** The ids that have a URL: what `href()` and `<Link to>` accept. */
export type LinkableId = [keyof RouteTable] extends [never]
  ? string
  : { [K in keyof RouteTable]: RouteTable[K] extends { kind: 'layout' } ? never : K }[keyof RouteTable] & string

type Entry<P extends string> = P extends keyof RouteTable ? RouteTable[P] : never

/** The converted params of a route. */
export type ParamsOf<P extends string> = [Entry<P>] extends [never] ? Record<string, any> : Entry<P> extends { params: infer T } ? T : never

/** The parsed query string of a route. */
export type SearchOf<P extends string> = [Entry<P>] extends [never] ? any : Entry<P> extends { search: infer T } ? T : never

/** What a link to a route may pass as its query. */
export type SearchInputOf<P extends string> = [Entry<P>] extends [never] ? any : Entry<P> extends { searchInput: infer T } ? T : never
