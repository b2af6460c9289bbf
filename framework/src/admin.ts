/** `hotclub/admin`: what an app says of its admin. */
export {
  type AdminOptions,
  defineAdmin,
  defineSite,
  type FormOptions,
  type ListOptions,
  type ModelAdmin,
  type SiteOptions,
} from './lib/admin/options.ts'
