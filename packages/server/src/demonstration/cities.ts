import type { Place } from './places.ts'

export interface City extends Place {
  /** Names its node and its simulated cloud. */
  readonly code: string
  readonly name: string
  /** GB/T 2260. */
  readonly divisionCode: string
  readonly hosts: number
  /** Two of its counties, with their codes. */
  readonly counties: readonly (readonly [name: string, divisionCode: string])[]
}

type Grid = '苏南' | '苏中' | '苏北'

const yangtze = '长江下游–黄海'
const tanlu = '郯庐'

/** Columns of a row: so each city is one. */
const city = (
  [divisionCode, code, name]: readonly [string, string, string],
  [longitude, latitude]: readonly [number, number],
  [grid, riverBasin, seismicBelt]: readonly [Grid, string, string],
  hosts: number,
  counties: City['counties'],
): City => ({
  code,
  name,
  divisionCode,
  longitude,
  latitude,
  powerGrid: `华东电网/江苏省网/${grid}`,
  riverBasin,
  seismicBelt,
  hosts,
  counties,
})

/** Coordinates are the seats of the cities' governments (GCJ-02), no surveyed sites: good for a sample only. */
export const cities: readonly City[] = [
  city(['320100', 'nanjing', '南京市'], [118.767413, 32.041544], ['苏南', '长江/长江干流', yangtze], 44, [
    ['江宁区', '320115'],
    ['六合区', '320116'],
  ]),
  city(['320200', 'wuxi', '无锡市'], [120.301663, 31.574729], ['苏南', '长江/太湖', yangtze], 40, [
    ['江阴市', '320281'],
    ['宜兴市', '320282'],
  ]),
  city(['320300', 'xuzhou', '徐州市'], [117.184811, 34.261792], ['苏北', '淮河/沂沭泗', tanlu], 42, [
    ['丰县', '320321'],
    ['沛县', '320322'],
  ]),
  city(['320400', 'changzhou', '常州市'], [119.946973, 31.772752], ['苏南', '长江/太湖', yangtze], 44, [
    ['溧阳市', '320481'],
    ['金坛区', '320413'],
  ]),
  city(['320500', 'suzhou', '苏州市'], [120.619585, 31.299379], ['苏南', '长江/太湖', yangtze], 44, [
    ['昆山市', '320583'],
    ['常熟市', '320581'],
  ]),
  city(['320600', 'nantong', '南通市'], [120.864608, 32.016212], ['苏中', '长江/长江干流', yangtze], 42, [
    ['启东市', '320681'],
    ['如皋市', '320682'],
  ]),
  city(['320700', 'lianyungang', '连云港市'], [119.178821, 34.600018], ['苏北', '淮河/沂沭泗', tanlu], 38, [
    ['东海县', '320722'],
    ['灌云县', '320723'],
  ]),
  city(['320800', 'huaian', '淮安市'], [119.021265, 33.597506], ['苏北', '淮河/淮河干流', '郯庐东缘'], 46, [
    ['涟水县', '320826'],
    ['盱眙县', '320830'],
  ]),
  city(['320900', 'yancheng', '盐城市'], [120.139998, 33.377631], ['苏北', '淮河/里下河', yangtze], 48, [
    ['响水县', '320921'],
    ['滨海县', '320922'],
  ]),
  city(['321000', 'yangzhou', '扬州市'], [119.421003, 32.393159], ['苏中', '长江/长江干流', yangtze], 34, [
    ['宝应县', '321023'],
    ['仪征市', '321081'],
  ]),
  city(['321100', 'zhenjiang', '镇江市'], [119.452753, 32.204402], ['苏南', '长江/长江干流', yangtze], 34, [
    ['丹阳市', '321181'],
    ['句容市', '321183'],
  ]),
  city(['321200', 'taizhou', '泰州市'], [119.915176, 32.484882], ['苏中', '淮河/里下河', yangtze], 34, [
    ['兴化市', '321281'],
    ['靖江市', '321282'],
  ]),
  city(['321300', 'suqian', '宿迁市'], [118.275162, 33.963008], ['苏北', '淮河/沂沭泗', tanlu], 30, [
    ['沭阳县', '321322'],
    ['泗阳县', '321323'],
  ]),
]
