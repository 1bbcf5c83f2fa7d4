/** A location as Hetzner describes it; also its wire form. */
export interface Location {
  readonly id: number;
  readonly name: string;
  readonly description: string;
  readonly country: string;
  readonly city: string;
  readonly latitude: number;
  readonly longitude: number;
  readonly network_zone: string;
}

const location = (
  id: number,
  name: string,
  description: string,
  country: string,
  city: string,
  [latitude, longitude]: [number, number],
  network_zone = 'eu-central',
): Location => ({ id, name, description, country, city, latitude, longitude, network_zone });

export const locations: readonly Location[] = [
  location(1, 'fsn1', 'Falkenstein DC Park 1', 'DE', 'Falkenstein', [50.47612, 12.370071]),
  location(2, 'nbg1', 'Nuremberg DC Park 1', 'DE', 'Nuremberg', [49.452102, 11.076665]),
  location(3, 'hel1', 'Helsinki DC Park 1', 'FI', 'Helsinki', [60.169855, 24.938379]),
  location(4, 'ash', 'Ashburn, VA', 'US', 'Ashburn, VA', [39.045821, -77.487073], 'us-east'),
  location(5, 'hil', 'Hillsboro, OR', 'US', 'Hillsboro, OR', [45.54222, -122.951924], 'us-west'),
  location(6, 'sin', 'Singapore', 'SG', 'Singapore', [1.283333, 103.833333], 'ap-southeast'),
];

/** Where the catalogue's server types and prices apply. */
export const offeredLocations: readonly string[] = ['fsn1', 'nbg1', 'hel1'];
