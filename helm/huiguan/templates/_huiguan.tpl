{{- define "huiguan.name" -}}
{{- if contains "huiguan" .Release.Name -}}{{ .Release.Name | trunc 50 }}{{- else -}}{{ printf "%s-huiguan" .Release.Name | trunc 50 }}{{- end -}}
{{- end -}}

{{- define "huiguan.selector" -}}
app.kubernetes.io/name: huiguan
app.kubernetes.io/instance: {{ .Release.Name }}
{{- end -}}

{{- define "huiguan.labels" -}}
{{ include "huiguan.selector" . }}
app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ printf "%s-%s" .Chart.Name .Chart.Version }}
{{- end -}}

{{- define "huiguan.image" -}}
{{ .Values.image.repository }}:{{ .Values.image.tag | default .Chart.AppVersion }}
{{- end -}}

{{/* Written into each pod and not into a ConfigMap: the migration hook runs before the chart's own objects exist. */}}
{{- define "huiguan.env" -}}
- name: DJANGO_SETTINGS_MODULE
  value: huiguan.settings
- name: BASE_DOMAIN
  value: {{ .Values.baseDomain | quote }}
- name: TLS
  value: {{ .Values.tls.enabled | quote }}
- name: PUBLIC_PORT
  value: {{ ternary "443" "80" .Values.tls.enabled | quote }}
- name: RELEASE
  value: {{ .Values.image.tag | default .Chart.AppVersion | quote }}
- name: HUIGUAN_RUN_DIR
  value: /run/huiguan
{{- if .Values.files.url }}
- name: FILES_URL
  value: {{ .Values.files.url | quote }}
{{- else }}
- name: MEDIA_ROOT
  value: /files
{{- end }}
- name: PROMETHEUS_MULTIPROC_DIR
  value: /run/huiguan
{{- range $name, $value := .Values.env }}
- name: {{ $name }}
  value: {{ $value | quote }}
{{- end }}
{{- end -}}

{{- define "huiguan.secrets" -}}
- secretRef:
    name: {{ .Values.secrets.application }}
{{- end -}}

{{- define "huiguan.ownerSecrets" -}}
{{ include "huiguan.secrets" . }}
- secretRef:
    name: {{ .Values.secrets.owner }}
{{- end -}}

{{- define "huiguan.containerSecurity" -}}
allowPrivilegeEscalation: false
readOnlyRootFilesystem: true
capabilities:
  drop: [ALL]
{{- end -}}

{{- define "huiguan.mounts" -}}
- {name: run, mountPath: /run/huiguan}
- {name: tmp, mountPath: /tmp}
{{- if not .Values.files.url }}
- {name: files, mountPath: /files}
{{- end }}
{{- end -}}

{{- define "huiguan.volumes" -}}
- name: run
  emptyDir: {medium: Memory, sizeLimit: 64Mi}
{{ include "huiguan.tmpAndFiles" . }}
{{- end -}}

{{- define "huiguan.tmpAndFiles" -}}
- name: tmp
  emptyDir: {sizeLimit: 1Gi}
{{- if not .Values.files.url }}
- name: files
  persistentVolumeClaim:
    claimName: {{ .Values.files.existingClaim | default (printf "%s-files" (include "huiguan.name" .)) }}
{{- end }}
{{- end -}}

{{/* What every pod has before its containers. */}}
{{- define "huiguan.pod" -}}
automountServiceAccountToken: false
enableServiceLinks: false
securityContext:
  {{- toYaml .Values.podSecurityContext | nindent 2 }}
{{- with .Values.image.pullSecrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{- define "huiguan.placement" -}}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}
