export { type MonthBounds, monthAfter, monthBefore, monthBounds, monthOf } from './calendar.ts'
export type { DatedPrice, HeldInterval, PriceGap, RatedLine, Rating, RatingAsk } from './model.ts'
export { priceAt } from './price-timeline.ts'
export { rateMonth } from './rate-month.ts'
