/** Among those that are tried first everywhere; of at least eight characters, since shorter ones are refused anyway. */
export const commonPasswords: ReadonlySet<string> = new Set(
  `password passw0rd password1 password12 password123 password1234 password! p@ssw0rd p@ssword
  12345678 123456789 1234567890 12345679 123123123 87654321 987654321 0987654321 11111111 111111111
  1111111111 00000000 0000000000 22222222 55555555 66666666 77777777 88888888 99999999 12121212
  123321123 147258369 159753456 123654789 789456123 11223344 1122334455 12344321 11112222 19871987
  qwertyui qwertyuiop qwerty12 qwerty123 qwerty1234 qwertz123 qwertzuiop azertyuiop 1q2w3e4r
  1q2w3e4r5t q1w2e3r4 1qaz2wsx zaq12wsx qazwsxedc asdfghjk asdfghjkl asdf1234 zxcvbnm1 abcd1234
  abc12345 abcdefgh abcdefg1 a1b2c3d4 aa123456 a1234567 a12345678 1234qwer 123qweasd 1qazxsw2
  iloveyou iloveyou1 iloveyou2 sunshine sunshine1 princess princess1 football football1 baseball
  baseball1 basketball superman superman1 batman123 starwars whatever trustno1 welcome1 welcome123
  letmein1 letmein123 monkey123 dragon123 master123 shadow123 michael1 jennifer jessica1 charlie1
  computer internet samsung1 chocolate butterfly liverpool chelsea1 arsenal1 barcelona pokemon1
  changeme changeme1 default1 admin123 admin1234 administrator root1234 test1234 testtest guest123
  user1234 login123 secret12 secret123 access14 mustang1 corvette mercedes maverick midnight
  asdfasdf qweqweqwe zxczxczxc aaaaaaaa abcabcabc passpass hello123 helloworld summer123 winter123
  spring123 autumn123 summer2024 summer2025 summer2026 winter2024 winter2025 winter2026 google123
  facebook linkedin1 shopping shop1234 freedom1 blink182 minecraft fuckyou1 fuckyou123`.split(
    /\s+/,
  ),
)
