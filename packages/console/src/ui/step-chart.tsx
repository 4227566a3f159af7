/** What held from when on, as steps; drawn without words, which `label` says whole. */
export const StepChart = ({
  label,
  steps,
  until,
}: {
  readonly label: string
  readonly steps: readonly { readonly from: number; readonly value: number }[]
  readonly until: number
}) => {
  const [width, height] = [180, 36]
  const start = steps[0]?.from ?? until
  const most = Math.max(1, ...steps.map((it) => it.value))
  const x = (at: number) => (until === start ? 0 : ((at - start) / (until - start)) * width)
  const y = (value: number) => height - 3 - (value / most) * (height - 8)
  const path = steps.map(
    (it, index) => `${index === 0 ? 'M' : 'H'}${x(it.from)} ${index === 0 ? y(it.value) : `V${y(it.value)}`}`,
  )
  return (
    <svg role="img" aria-label={label} width={width} height={height} viewBox={`0 0 ${width} ${height}`}>
      <title>{label}</title>
      <path d={`${path.join('')}H${width}`} fill="none" stroke="var(--ant-color-primary)" strokeWidth={2} />
    </svg>
  )
}
