{{/*
For charts of your own, without the webhook. Add this chart as a dependency and write, in a pod's spec:

  initContainers:
    {{- include "observability.initContainer" (dict "image" "IMAGE") | nindent 4 }}
  containers:
    - name: app
      env:
        {{- include "observability.env" (dict "serviceName" "shop" "endpoint" "http://collector:4317") | nindent 8 }}
      volumeMounts:
        {{- include "observability.volumeMount" (dict) | nindent 8 }}
  volumes:
    {{- include "observability.volume" (dict) | nindent 4 }}

Each takes "mountPath"; the default is /opt/observability.
*/}}

{{- define "observability.mountPath" -}}
{{ .mountPath | default "/opt/observability" }}
{{- end }}

{{- define "observability.initContainer" -}}
- name: observability-install
  image: {{ required "observability.initContainer needs an image" .image | quote }}
  args: [install, {{ printf "%s/payload" (include "observability.mountPath" .) | quote }}]
  volumeMounts:
    - name: observability
      mountPath: {{ include "observability.mountPath" . | quote }}
  resources:
    requests: {cpu: 10m, memory: 32Mi}
    limits: {cpu: 500m, memory: 128Mi}
  securityContext:
    allowPrivilegeEscalation: false
    capabilities: {drop: [ALL]}
    readOnlyRootFilesystem: true
    runAsNonRoot: true
    seccompProfile: {type: RuntimeDefault}
{{- end }}

{{- define "observability.volume" -}}
- name: observability
  emptyDir:
    sizeLimit: {{ .sizeLimit | default "200Mi" }}
{{- end }}

{{- define "observability.volumeMount" -}}
- name: observability
  mountPath: {{ include "observability.mountPath" . | quote }}
  readOnly: true
{{- end }}

{{- define "observability.env" -}}
{{- with .serviceName }}
- name: OTEL_SERVICE_NAME
  value: {{ . | quote }}
{{- end }}
{{- with .endpoint }}
- name: OTEL_EXPORTER_OTLP_ENDPOINT
  value: {{ . | quote }}
{{- end }}
- name: DOTNET_STARTUP_HOOKS
  value: {{ with .otherHooks }}{{ printf "%s:" . }}{{ end }}{{ include "observability.mountPath" . }}/payload/Observability.StartupHook.dll
{{- end }}
