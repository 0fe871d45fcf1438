'use strict';
// Instrumentation first: it wraps node:http before anything else loads it.
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { NodeTracerProvider, SimpleSpanProcessor } = require('@opentelemetry/sdk-trace-node');
const { OTLPTraceExporter } = require('@opentelemetry/exporter-trace-otlp-proto');
const { resourceFromAttributes } = require('@opentelemetry/resources');

const provider = new NodeTracerProvider({
  resource: resourceFromAttributes({ 'service.name': 'node-service' }),
  spanProcessors: [new SimpleSpanProcessor(new OTLPTraceExporter())],
});
provider.register();
registerInstrumentations({ instrumentations: [new HttpInstrumentation()] });

const http = require('node:http');

// GET /leaf answers; GET /through?url=... asks the url and passes its answer on.
const server = http.createServer((request, response) => {
  const url = new URL(request.url, 'http://localhost');
  if (url.pathname !== '/through') return response.end(`leaf baggage=${request.headers.baggage ?? ''} tracestate=${request.headers.tracestate ?? ''}`);
  http.get(url.searchParams.get('url'), (answer) => answer.pipe(response)).on('error', (error) => {
    response.statusCode = 502;
    response.end(String(error));
  });
});
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
