export interface City {
  readonly name: string
  /** The first digits (or letters) of its postal codes. */
  readonly postal: string
}

export interface Country {
  readonly code: 'DE' | 'FR' | 'NL' | 'AT' | 'ES' | 'IE'
  readonly weight: number
  readonly taxBps: number
  /** Of food. */
  readonly reducedTaxBps: number
  readonly givenNames: readonly string[]
  readonly familyNames: readonly string[]
  readonly streets: readonly string[]
  readonly numberFirst: boolean
  readonly cities: readonly City[]
  /** What follows the city's digits: 9 is any digit, A any letter that is used there. */
  readonly postalRest: Readonly<Record<number, string>>
}

const list = (words: string) => words.split(', ')
const cities = (of: Readonly<Record<string, string>>) =>
  Object.entries(of).map(([name, postal]) => ({ name, postal }))

export const countries: readonly Country[] = [
  {
    code: 'DE',
    weight: 34,
    taxBps: 1900,
    reducedTaxBps: 700,
    numberFirst: false,
    postalRest: { 2: '999', 3: '99' },
    givenNames: list(
      'Anna, Jonas, Mia, Lukas, Lena, Felix, Hannah, Paul, Clara, Moritz, Greta, Emil, Johanna, Anton, Frieda, Theo, Katharina, Sebastian, Meike, Jürgen, Sabine, Ayşe, Mehmet, Zofia',
    ),
    familyNames: list(
      'Bergmann, Schuster, Vogel, Lindner, Krämer, Albrecht, Seidel, Brandt, Hoffmann, Winkler, Pohl, Engel, Sommer, Busch, Ziegler, Yılmaz, Nowak, Lorenz, Kühn, Arnold, Franke, Ritter, Haas, Wolff',
    ),
    streets: list(
      'Lindenstraße, Gartenweg, Am Mühlbach, Schillerstraße, Bahnhofstraße, Kastanienallee, Ringstraße, Kirchgasse, Amselweg, Goethestraße, Hafenstraße, Bergstraße',
    ),
    cities: cities({
      Berlin: '10',
      Hamburg: '20',
      München: '80',
      Köln: '50',
      Leipzig: '04',
      Bremen: '28',
      Freiburg: '791',
      Kassel: '341',
    }),
  },
  {
    code: 'FR',
    weight: 22,
    taxBps: 2000,
    reducedTaxBps: 550,
    numberFirst: true,
    postalRest: { 2: '999', 3: '99' },
    givenNames: list(
      'Camille, Louis, Chloé, Hugo, Inès, Jules, Manon, Gabriel, Léa, Arthur, Zoé, Antoine, Élise, Mathieu, Sarah, Karim, Lucie, Thomas, Amina, Benoît, Margaux, Rémi, Claire, Olivier',
    ),
    familyNames: list(
      'Moreau, Girard, Fontaine, Chevalier, Blanchard, Marchand, Perrin, Renaud, Lefèvre, Garnier, Roussel, Benali, Morel, Carpentier, Dupuis, Vidal, Lacroix, Noël, Gauthier, Barbier, Masson, Diallo, Colin, Tessier',
    ),
    streets: list(
      'rue des Lilas, avenue Victor Hugo, rue du Moulin, rue de la République, boulevard Voltaire, place du Marché, rue Pasteur, chemin des Vignes, rue de l’Église, allée des Tilleuls',
    ),
    cities: cities({
      Paris: '750',
      Lyon: '690',
      Marseille: '130',
      Nantes: '440',
      Lille: '59',
      Toulouse: '310',
      Rennes: '35',
      Dijon: '21',
    }),
  },
  {
    code: 'NL',
    weight: 14,
    taxBps: 2100,
    reducedTaxBps: 900,
    numberFirst: false,
    postalRest: { 2: '99 AA' },
    givenNames: list(
      'Sanne, Daan, Fleur, Bram, Lotte, Sem, Femke, Thijs, Anouk, Ruben, Maud, Jasper, Eva, Lars, Noor, Pieter, Yara, Joris, Marieke, Samir, Iris, Koen, Tess, Willem',
    ),
    familyNames: list(
      'de Vries, Jansen, van Dijk, Bakker, Visser, Smit, Meijer, de Boer, Mulder, Bos, Vos, Peters, Hendriks, van Leeuwen, Dekker, Brouwer, de Wit, Kuipers, El Amrani, Schouten, Post, Kok',
    ),
    streets: list(
      'Dorpsstraat, Kerkstraat, Molenweg, Prinsengracht, Julianalaan, Havenstraat, Eikenlaan, Stationsweg, Schoolstraat, Beatrixstraat',
    ),
    cities: cities({
      Amsterdam: '10',
      Rotterdam: '30',
      Utrecht: '35',
      Groningen: '97',
      Eindhoven: '56',
      Haarlem: '20',
      Zwolle: '80',
    }),
  },
  {
    code: 'AT',
    weight: 10,
    taxBps: 2000,
    reducedTaxBps: 1000,
    numberFirst: false,
    postalRest: { 2: '99' },
    givenNames: list(
      'Lea, Maximilian, Valentina, David, Theresa, Florian, Magdalena, Simon, Barbara, Matthias, Elisabeth, Gregor, Miriam, Stefan, Petra, Dragan, Martina, Andreas, Viktoria, Georg',
    ),
    familyNames: list(
      'Gruber, Huber, Pichler, Steiner, Moser, Mayer, Hofer, Leitner, Berger, Fuchs, Eder, Fischer, Schwarz, Reiter, Brunner, Petrović, Egger, Winter, Lang, Aigner',
    ),
    streets: list(
      'Mariahilfer Straße, Hauptplatz, Seegasse, Wiener Straße, Kirchenplatz, Rosengasse, Feldweg, Schlossallee, Neugasse, Waldstraße',
    ),
    cities: cities({
      Wien: '10',
      Graz: '80',
      Linz: '40',
      Salzburg: '50',
      Innsbruck: '60',
      Klagenfurt: '90',
    }),
  },
  {
    code: 'ES',
    weight: 13,
    taxBps: 2100,
    reducedTaxBps: 1000,
    numberFirst: false,
    postalRest: { 2: '999', 3: '99' },
    givenNames: list(
      'Lucía, Martín, Carmen, Pablo, Sofía, Álvaro, Marta, Javier, Elena, Diego, Nuria, Íñigo, Paula, Sergio, Laia, Jordi, Rocío, Andrés, Ainhoa, Rubén, Irene, Óscar',
    ),
    familyNames: list(
      'Ortega, Serrano, Molina, Castillo, Navarro, Ramos, Gil, Iglesias, Cortés, Vidal, Prieto, Peña, Herrera, Campos, Soler, Ferrer, Ibáñez, Aguilar, Crespo, Fuentes, Etxeberria, Rey',
    ),
    streets: list(
      'Calle Mayor, Calle del Sol, Avenida de la Constitución, Calle Nueva, Plaza de España, Calle de la Fuente, Paseo Marítimo, Calle Olmo, Calle San Juan',
    ),
    cities: cities({
      Madrid: '280',
      Barcelona: '080',
      Valencia: '460',
      Sevilla: '410',
      Bilbao: '480',
      Zaragoza: '500',
      Granada: '180',
    }),
  },
  {
    code: 'IE',
    weight: 7,
    taxBps: 2300,
    reducedTaxBps: 0,
    numberFirst: true,
    postalRest: { 3: ' A9A9' },
    givenNames: list(
      'Aoife, Conor, Niamh, Cian, Saoirse, Oisín, Ciara, Darragh, Róisín, Fionn, Orla, Eoin, Maeve, Declan, Sinéad, Liam, Gráinne, Patrick, Caoimhe, Tomasz',
    ),
    familyNames: list(
      'Murphy, Kelly, Byrne, Ryan, O’Sullivan, Walsh, Doyle, McCarthy, Gallagher, Doherty, Kennedy, Lynch, Quinn, Moore, Nolan, Brennan, Burke, Keane, Foley, Hickey',
    ),
    streets: list(
      'Main Street, Church Road, Station Road, Harbour View, Mill Lane, The Green, Chapel Street, Strand Road, Abbey Street, Orchard Grove',
    ),
    cities: cities({
      Dublin: 'D08',
      Cork: 'T12',
      Galway: 'H91',
      Limerick: 'V94',
      Waterford: 'X91',
      Sligo: 'F91',
    }),
  },
]
