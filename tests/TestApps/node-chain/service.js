'use strict';
// A service between others: answers HTTP, calls the next service if there is one, prints every sampled span as a JSON line.
// Environment: NEXT = the next service's address; RATIO = be a root that samples by consistent probability, otherwise follow the parent.

const { trace } = require('@opentelemetry/api');
const { registerInstrumentations } = require('@opentelemetry/instrumentation');
const { HttpInstrumentation } = require('@opentelemetry/instrumentation-http');
const { createCompositeSampler, createComposableParentThresholdSampler, createComposableProbabilitySampler } = require('@opentelemetry/sampler-composite');
const { NodeTracerProvider, ParentBasedSampler, AlwaysOnSampler } = require('@opentelemetry/sdk-trace-node');

const print = (message) => process.stdout.write(JSON.stringify(message) + '\n');

const sampler = process.env.RATIO
  ? createCompositeSampler(createComposableParentThresholdSampler(createComposableProbabilitySampler(Number(process.env.RATIO))))
  : new ParentBasedSampler({ root: new AlwaysOnSampler() });

const provider = new NodeTracerProvider({
  sampler,
  spanProcessors: [{
    onStart() {},
    onEnd(span) {
      const context = span.spanContext();
      if (!(context.traceFlags & 1)) return;
      print({ span: span.kind === 1 ? 'server' : 'client', traceId: context.traceId, traceState: context.traceState?.serialize() ?? null });
    },
    forceFlush: async () => {},
    shutdown: async () => {},
  }],
});
provider.register();
registerInstrumentations({ tracerProvider: provider, instrumentations: [new HttpInstrumentation()] });

const http = require('node:http');
const next = process.env.NEXT;
const server = http.createServer((request, response) => {
  const traceId = trace.getActiveSpan()?.spanContext().traceId ?? '';
  const answer = () => response.end(traceId);
  if (!next) return answer();
  http.get(next + request.url, (reply) => reply.resume().on('end', answer)).on('error', (error) => {
    response.statusCode = 502;
    response.end(String(error));
  });
});
server.listen(0, '127.0.0.1', () => print({ listening: `http://127.0.0.1:${server.address().port}` }));
