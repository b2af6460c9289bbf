import { hotclub } from 'hotclub/vite'
import { defineConfig } from 'vite'

export default defineConfig({ plugins: [hotclub()] })
