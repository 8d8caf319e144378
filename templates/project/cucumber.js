export default {
  import: ['support/**/*.js', 'step-definitions/**/*.js'],
  format: ['progress', 'message:results/messages.ndjson'],
  strict: true,
}
