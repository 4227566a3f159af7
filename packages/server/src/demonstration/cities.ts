export interface City {
  /** Names its node and its simulated cloud. */
  readonly code: string
  readonly name: string
  /** GB/T 2260. */
  readonly divisionCode: string
  /** Degrees; the seat of the city's government (GCJ-02), no surveyed site: good for a sample only. */
  readonly longitude: number
  readonly latitude: number
}

const city = (divisionCode: string, code: string, name: string, longitude: number, latitude: number): City => ({
  code,
  name,
  divisionCode,
  longitude,
  latitude,
})

export const cities: readonly City[] = [
  city('320100', 'nanjing', '南京市', 118.767413, 32.041544),
  city('320200', 'wuxi', '无锡市', 120.301663, 31.574729),
  city('320300', 'xuzhou', '徐州市', 117.184811, 34.261792),
  city('320400', 'changzhou', '常州市', 119.946973, 31.772752),
  city('320500', 'suzhou', '苏州市', 120.619585, 31.299379),
  city('320600', 'nantong', '南通市', 120.864608, 32.016212),
  city('320700', 'lianyungang', '连云港市', 119.178821, 34.600018),
  city('320800', 'huaian', '淮安市', 119.021265, 33.597506),
  city('320900', 'yancheng', '盐城市', 120.139998, 33.377631),
  city('321000', 'yangzhou', '扬州市', 119.421003, 32.393159),
  city('321100', 'zhenjiang', '镇江市', 119.452753, 32.204402),
  city('321200', 'taizhou', '泰州市', 119.915176, 32.484882),
  city('321300', 'suqian', '宿迁市', 118.275162, 33.963008),
]
